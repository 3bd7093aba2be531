"""Redis credentials from the pod's workload identity, renewed while connections are open."""

import logging
import threading
import time
from typing import Callable

from azure.core.credentials import AccessToken
from redis.auth.token import SimpleToken
from redis.credentials import StreamingCredentialProvider

log = logging.getLogger(__name__)

SHORTEST_WAIT_SECONDS = 1
AFTER_FAILURE_SECONDS = 5


class EntraCredentials(StreamingCredentialProvider):
    """The user is the identity's object ID, the password a token that is renewed after half of its lifetime.

    redis-py gets credentials when it connects, and registers a callback that sends a renewed token on the open connections
    with AUTH. Azure closes a connection whose token has expired.
    """

    def __init__(self, user: str, new_token: Callable[[], AccessToken]):
        self._user = user
        self._new_token = new_token
        self._current = None
        self._lock = threading.Lock()
        self._on_next = None
        self._on_error = None

    def get_credentials(self):
        with self._lock:
            if self._current is None:
                self._current = self._new_token()
                threading.Thread(target=self._renew_for_ever, name="entra-renewal", daemon=True).start()
            elif self._current.expires_on <= time.time():
                self._current = self._new_token()
            return self._user, self._current.token

    def _renew_for_ever(self):
        wait = self._until_half()
        while True:
            time.sleep(wait)
            try:
                token = self._new_token()
                with self._lock:
                    self._current = token
                if self._on_next is not None:
                    self._on_next(self._for_open_connections(token))
                log.info("Token renewed.")
                wait = self._until_half()
            except Exception as failure:  # any: without renewal the access would end
                log.warning("No renewed token: %s. Trying again in at most 5 s.", type(failure).__name__)
                wait = min(AFTER_FAILURE_SECONDS, self._until_half())

    def _until_half(self):
        return max(SHORTEST_WAIT_SECONDS, (self._current.expires_on - time.time()) / 2)

    def _for_open_connections(self, token):
        return SimpleToken(token.token, token.expires_on * 1000, time.time() * 1000, {"oid": self._user})

    def on_next(self, callback):
        self._on_next = callback

    def on_error(self, callback):
        self._on_error = callback

    def is_streaming(self):
        return self._current is not None
