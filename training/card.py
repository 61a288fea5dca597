"""The model card: what the weights were made of, how well they do and what they cost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from benchmarks.language import SCHEMES, score_gold, score_names, score_raw
from dragoman.language import load
from training.corpus import load_corpora

HEAD = """# Model card: the language model of Dragoman

What it does: sentences, Universal Dependencies trees, parts of speech, morphology, lemmas, names and links between
mentions of English text, which words state an event and who takes part, and in news of mediations who is a side, who
mediates and which words state a step, in one pass of one network. What it is for: news. Not for: other languages,
speech, verse.

**Network.** all-MiniLM-L6-v2 (Apache-2.0), an encoder of six layers and 22.7 million weights, grown by three layers to
28 million, with two more embeddings (the case of each word, since its vocabulary is uncased, and paragraph breaks),
fine-tuned together with its heads: part of speech, Penn tag, morphology, lemma, first word of a sentence, names,
biaffine arcs and labels, antecedents, of every word the role of its actor in a mediation, the kind of step and the type
of event that it states, and biaffine scores of who does that and to whom it is done.
Stored in eight bits (the encoder) and thirty-two (the heads).

**Training.** `make model`: four epochs of AdamW at high rates in batches of about 1,000 word pieces, five more from the
average of their weights while the rates fall to nothing, and twice three from that, with different seeds; from the mean
of the last two a phase with the dispatches, beside four tenths of the rest; and from 0.65 of its end and 0.35 of its
beginning three epochs over everything, in which the network learns the labels and, beside them, what a teacher believes
of every word (`training/distillation.py`): a network with the same heads on all-mpnet-base-v2
(Apache-2.0; twelve layers, 109 million weights; four epochs on the same data), which does not ship. Of 0.7 of the end
of that and 0.3 of its beginning the second, fourth and fifth layer are doubled, so that the new ones say nothing at
first (`training/growth.py`); then come two epochs more, with the teacher, and twice more two at lower rates; each time
0.7 of their end and 0.3 of their beginning are kept. Seeds are fixed.
Of these very weights, the parts were made one after another as the texts were written: the last thirteen epochs began
from the version before, and read 1,981, 2,897, 3,338, twice 3,838, twice 3,880 and, with the new layers, twice 4,105,
twice 4,425 and twice 5,068 of the dispatches; the fourth, the sixth and every second after them began from what shipped
before, which is mixed in again by 0.3. The teacher had read 1,211 of them in three epochs, 1,981 in the fourth. Trained
on nothing but:

| data | what for | licence |
| --- | --- | --- |
| Universal Dependencies English EWT, train, half of dev | trees, tags, lemmas, sentences | CC BY-SA 4.0 |
| GUM (genres with free texts), train, half of dev | the same; names, antecedents | CC BY 4.0; texts CC BY |
| wikigold, nine tenths | names | CC BY 4.0 |
| names over EWT dev (Universal NER), half | names | CC BY-SA 4.0 |
| 5,068 dispatches and articles of ours (`training/data/dispatches`) | roles, steps, events, pronouns | Apache-2.0 |
| 1,970 entries of ours in the manner of an encyclopedia (`training/data/names`) | names | Apache-2.0 |
| office holders and towns, swapped in | names | CC0, public domain, CC BY 4.0 (GeoNames) |
| 1,167 sentences of the coder's data below, without labels | what the teachers say | research data; only weights ship |

**Held out**, never trained on: every other document of the development parts of EWT and GUM, every tenth of wikigold;
the dispatches of `training/data/dispatches/weighing` and of `benchmarks/dispatches`.
"""

CODER = """
## The coder of relations

A second all-MiniLM-L6-v2, which sees a sentence with two actors marked and tells the PLOVER type between them, or none
(`relations.onnx`; `training/coder.py`). Seven epochs, hours on one CPU core, since it also learns from the dispatches;
with other actors swapped in and other sentences joined on, and beside it the class of whole sentences and the spans of
sources and targets. Trained on nothing but:

| data | what for | licence |
| --- | --- | --- |
| 1,050 news sentences with a source, a target and their PLOVER type | the type | research data; only weights ship |
| 2,609 of our 4,164 sentences (`training/data/relations.tsv`) | the type, above all the rare ones | Apache-2.0 |
| 994 sentences with their class of five | the class; statements are no event | research data; only weights ship |
| 783 sentences with source and target spans | the spans | research data; only weights ship |

On the held-out fifth (fold 4: every fifth row), trained on the rest, by `python -m training.relations --alone`:
accuracy 0.890, macro F1 0.878. What ships is trained on all rows; figures of frames and coder together are in
`docs/accuracy.md`.
"""

PEERS = """
Published for comparison, each on its own version's test file, so a guide and not a race: spaCy's
`en_udv25_englishewt_trf` (RoBERTa, 125 million weights): EWT UPOS 0.969, UAS 0.919, LAS 0.894, sentences 0.906 (its
model page); Stanza 1.0 from raw text (Qi et al. 2020): EWT UPOS 0.954, UAS 0.862, LAS 0.836, sentences 0.811.
"""


def table(title: str, rows: dict[str, dict[str, float]]) -> str:
    """A table in Markdown."""
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    lines = [f"\n{title}\n", "| | " + " | ".join(columns) + " |", "| --- |" + " ---: |" * len(columns)]
    for name, row in rows.items():
        lines.append(f"| {name} | " + " | ".join(f"{row[c]:.3f}" if c in row else "" for c in columns) + " |")
    return "\n".join(lines) + "\n"


def write(model: Path, shared: Path, precise: Path | None = None) -> None:
    """Score the weights on what was held out and write `CARD.md` beside them.

    Args:
        model: the folder of the weights that ship.
        shared: where the data lie.
        precise: the same weights in 32 bits, to tell what the eight cost.
    """
    nlp = load(model)
    held_out = load_corpora(shared).held_out
    parts = {name: held_out[name] for name in ("ewt", "gum")}
    parts["gum news"] = [sentence for sentence in held_out["gum"] if "_news_" in sentence.document]
    text = HEAD + f"\nFigures of {date.today()}, by `python -m benchmarks.language`.\n"
    gold = {name: score_gold(nlp, part) for name, part in parts.items()}
    text += table("Gold words and sentences:", gold)
    text += table(
        "From raw text, F1 (our own words and sentences):", {name: score_raw(nlp, part) for name, part in parts.items()}
    )
    names = {"wikigold": held_out["wikigold"], **parts}
    found = {name: score_names(nlp, part, SCHEMES[name.split()[0]]) for name, part in names.items()}
    text += table("Names, F1 by span and type:", found)
    if precise is not None:
        whole = load(precise)
        costs = {
            name: {"LAS, 32 bits": score_gold(whole, parts[name])["LAS"], "LAS, 8 bits": gold[name]["LAS"]}
            for name in ("ewt", "gum")
        }
        text += table("What eight bits cost, gold words and sentences:", costs)
    text += PEERS
    size = sum(path.stat().st_size for path in model.iterdir() if path.suffix != ".md") / 1e6
    version = nlp.get_pipe("dragoman").encoder.labels.version
    text += f"\n**Size.** {size:.0f} MB in all. **Version.** `{version}` (hash of the network).\n"
    text += "\n**Speed.** `make bench` measures it, beside that of the whole reading; figures are in the README.\n"
    text += CODER
    (model / "CARD.md").write_text(text, encoding="utf-8")
