"""The program, with a bug where it sends: it says all that it was about to send, as an unlucky library might."""

import sys

from typing_extensions import override

from tocsin.bootstrap import run
from tocsin.connectors import wire


class TalkativeTransport(wire.ExactTransport):
    """Sends what fetches a token; anything else meets the bug."""

    @override
    async def handle_async_request(self, request):
        if request.url.path.endswith("token"):
            return await super().handle_async_request(request)
        raise RuntimeError(f"{request.url} {dict(request.headers)} {request.content!r}")


if __name__ == "__main__":
    wire.ExactTransport = TalkativeTransport
    sys.exit(run(sys.argv[1:]))
