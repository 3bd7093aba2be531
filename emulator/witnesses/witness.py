"""Shared by the Python programs: the emulator's endpoints, and the report of an operation."""

import json
import os
import traceback
from contextlib import contextmanager
from dataclasses import dataclass

SUBSCRIPTION = "22222222-2222-2222-2222-222222222222"
DATABASE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.Cache/redisEnterprise/orders/databases/default"


@dataclass
class Endpoints:
    """endpoints.json, and the principal for tools of example.yaml."""

    arm: str
    authority: str
    imds: str
    tenant_id: str
    ca_file: str
    host: str
    port: int
    client_id: str = "77777777-7777-7777-7777-777777777777"
    object_id: str = "88888888-8888-8888-8888-888888888888"
    client_secret: str = "for-local-use-only"

    @staticmethod
    def read():
        with open(os.environ["ENDPOINTS"]) as file:
            values = json.load(file)
        database = values["databases"][0]
        return Endpoints(
            values["arm"],
            values["authority"],
            values["imds"],
            values["tenantId"],
            values["caFile"],
            database["host"],
            database["port"],
        )


@contextmanager
def witness(tool, operation):
    """Reports one operation on one line: result, tool, operation, separated by tabs."""
    try:
        yield
        print(f"works\t{tool}\t{operation}", flush=True)
    except Exception:  # the next operation is still tried
        traceback.print_exc()
        print(f"FAILS\t{tool}\t{operation}", flush=True)
