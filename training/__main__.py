"""Train the language model and the coder of relations: `python -m training --data ../shared/data`.

Writes both into the package, with the model card. Seeds are fixed. Since the teacher came it has not been run through:
by the time of its steps it takes between seven and nine hours on two CPU cores that multiply in 16 bits (AVX512-BF16),
and much longer on others.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from training import card, export, growth, lexicon, relations, train
from training.corpus import load_corpora
from training.material import Material
from training.pretrained import minilm, mpnet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with treebanks/ and names/")
    parser.add_argument("--output", type=Path, default=export.PACKAGE)
    parser.add_argument("--run", type=Path, default=Path("training/runs/language"))
    arguments = parser.parse_args()
    shared, run = arguments.data.parent, arguments.run
    phases = train.phases(shared, minilm(), run)
    for options in phases:
        train.train(options)
    mean, pupil, teacher = run / "mean", run / "pupil", run / "teacher"
    train.mean([options.out for options in phases[-2:]], mean)
    marked = train.mediations(shared, minilm(), mean, run / "marked")
    train.train(marked)
    train.mean([mean, marked.out], pupil, shares=[0.35, 0.65])
    train.train(train.teaching(shared, minilm(), mpnet(), teacher))
    last = train.learning(shared, minilm(), pupil, [teacher], run / "last")
    train.train(last)
    shallow, grown, deep = run / "shallow", run / "grown", run / "deep"
    train.mean([pupil, last.out], shallow, shares=[0.3, 0.7])
    growth.grow(shallow, grown, Material(shared, minilm(), last.replay, last.all_names, plain=False))
    deeper = train.deepening(shared, minilm(), grown, [teacher], run / "deeper")
    train.train(deeper)
    train.mean([grown, deeper.out], deep, shares=[0.3, 0.7])
    settled = train.settling(shared, minilm(), deep, [teacher], run / "settled")
    train.train(settled)
    firm = run / "firm"
    train.mean([deep, settled.out], firm, shares=[0.3, 0.7])
    closing = train.closing(shared, minilm(), firm, [teacher], run / "closing")
    train.train(closing)
    train.mean([firm, closing.out], run, shares=[0.3, 0.7])
    export.write(run, minilm(), arguments.output)
    sentences = [s for name in ("ewt", "gum") for s in load_corpora(shared).train[name]]
    lexicon.write(sentences, arguments.output / "tokenizer.json", arguments.output / "lemmas.json")
    relations.build(arguments.data, minilm(), None, arguments.output, run / "fold")
    precise = run / "precise"
    export.write(run, minilm(), precise, precise=True)
    shutil.copy(arguments.output / "lemmas.json", precise)
    card.write(arguments.output, shared, precise)


if __name__ == "__main__":
    main()
