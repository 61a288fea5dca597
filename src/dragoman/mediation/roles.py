"""Who mediates, and as what."""

from __future__ import annotations

from dragoman.records import MediatorRole

# In the order of the contract.
ROLES: tuple[MediatorRole, ...] = ("offered", "accepted", "host", "facilitator", "guarantor", "envoy")
