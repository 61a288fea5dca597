"""Train the language model and the coder of relations: `python -m training --data ../shared/data`.

Writes both into the package, with the model card. On two CPU cores this takes some two hours and a half; seeds are
fixed.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from training import card, export, lexicon, relations, train
from training.corpus import load_corpora
from training.pretrained import minilm


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with treebanks/ and names/")
    parser.add_argument("--output", type=Path, default=export.PACKAGE)
    parser.add_argument("--run", type=Path, default=Path("training/runs/language"))
    arguments = parser.parse_args()
    phases = train.phases(arguments.data.parent, minilm(), arguments.run)
    for options in phases:
        train.train(options)
    mean = arguments.run / "mean"
    train.mean([options.out for options in phases[-2:]], mean)
    last = train.mediations(arguments.data.parent, minilm(), mean, arguments.run / "last")
    train.train(last)
    train.mean([mean, last.out], arguments.run, shares=[0.35, 0.65])
    export.write(arguments.run, minilm(), arguments.output)
    sentences = [s for name in ("ewt", "gum") for s in load_corpora(arguments.data.parent).train[name]]
    lexicon.write(sentences, arguments.output / "tokenizer.json", arguments.output / "lemmas.json")
    relations.build(arguments.data, minilm(), arguments.output, arguments.run / "fold")
    precise = arguments.run / "precise"
    export.write(arguments.run, minilm(), precise, precise=True)
    shutil.copy(arguments.output / "lemmas.json", precise)
    card.write(arguments.output, arguments.data.parent, precise)


if __name__ == "__main__":
    main()
