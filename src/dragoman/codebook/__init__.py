"""What can be coded: PLOVER types, CAMEO codes, and the frames that tell which words state which act."""

from dragoman.codebook.book import Codebook, load_codebook
from dragoman.codebook.cameo import CameoCode
from dragoman.codebook.frames import Condition, Frame
from dragoman.codebook.plover import Context, EventType

__all__ = ["CameoCode", "Codebook", "Condition", "Context", "EventType", "Frame", "load_codebook"]
