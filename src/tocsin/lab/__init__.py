"""The Lab: simulated security products on loopback, over one world that can be looked into and changed.

Services, faces and tests enter here, with a scenario; nothing else of this room is for them, except what the control
address tells. Start reading at `lab` (start and stop), then `world` (what there is), then one of `twins` (how a vendor
would say it). Only `server` knows a web framework.
"""

from __future__ import annotations

from tocsin.lab.addresses import LabAddresses, ProductAddress
from tocsin.lab.errors import LabError, PortTakenError, UnknownScenarioError, UnreadableWorldError
from tocsin.lab.lab import Lab
from tocsin.lab.reception import ReceivedRequest
from tocsin.lab.scenarios import load_scenario, scenario_names, scenario_path
from tocsin.lab.values import Product
from tocsin.lab.world import World

__all__ = [
    "Lab",
    "LabAddresses",
    "LabError",
    "PortTakenError",
    "Product",
    "ProductAddress",
    "ReceivedRequest",
    "UnknownScenarioError",
    "UnreadableWorldError",
    "World",
    "load_scenario",
    "scenario_names",
    "scenario_path",
]
