"""How soon the Lab is ready, how many requests it answers a second, and how much memory it takes, with 10,000 hosts.

The Lab runs in a process of its own, as `tocsin lab` does. Half of the requests change something. The floor is the same
number of requests to a server that answers each with two bytes, asked by the same client.
"""

import base64
import json
import resource
import socket
import socketserver
import statistics
import subprocess
import sys
import threading
import time

from tocsin.lab import Lab, load_scenario
from tocsin.lab.life import Life
from tocsin.lab.world import World

HOSTS = 10_000
REQUESTS = 3_000
STARTS = 5


def _large():
    """Return the usual scenario with so many hosts in all."""
    scenario = load_scenario("tor-brute-force")
    return scenario.model_copy(update={"fleet": HOSTS - len(scenario.hosts)})


def _megabytes():
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1_000_000 if sys.platform == "darwin" else 1_000), 1)


def _serve():
    """Run a Lab until standard input ends; say where it is and what it cost."""
    readied = []
    for _ in range(STARTS):
        start = time.perf_counter()
        lab = Lab(_large())
        addresses = lab.start()
        readied.append(time.perf_counter() - start)
        if len(readied) < STARTS:
            lab.stop()
    told = {"ready_s": round(statistics.median(readied), 3), "first_ready_s": round(readied[0], 3)}
    print(json.dumps({**told, **addresses.to_json()}), flush=True)
    begun = time.process_time()
    sys.stdin.readline()
    print(json.dumps({"mb": _megabytes(), "cpu_s": time.process_time() - begun}), flush=True)
    lab.stop()


def _calls(products):
    """Return requests as bytes, each with the port it goes to: what containments ask for, half of them changes."""
    wall, edr = products["opnsense"], products["nessus"]
    pair = f"{wall['sign_in']['key']}:{wall['sign_in']['secret']}".encode()
    basic = f"Basic {base64.b64encode(pair).decode()}"
    keys = f"accessKey={edr['sign_in']['access_key']}; secretKey={edr['sign_in']['secret_key']}"
    for number in range(REQUESTS):
        body = json.dumps({"address": f"203.0.113.{number % 200}"})
        if number % 4 == 3:
            yield _port(edr["url"]), _request("GET", "/scans/12", {"X-ApiKeys": keys})
        else:
            verb = ("add", "delete", "list")[number % 4]
            path = f"/api/firewall/alias_util/{verb}/tocsin_block"
            yield _port(wall["url"]), _request("POST", path, {"Authorization": basic}, body)


def _port(url):
    return int(url.rpartition(":")[2])


def _request(method, path, headers, body=""):
    lines = {"Host": "127.0.0.1", "Content-Type": "application/json", "Content-Length": str(len(body)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n{body}".encode()


def _ask(calls):
    """Send all requests one after the other, on kept connections; return the seconds and how many got a 200."""
    open_to = {}
    start, good = time.perf_counter(), 0
    for port, request in calls:
        if port not in open_to:
            open_to[port] = socket.create_connection(("127.0.0.1", port))
            open_to[port].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        open_to[port].sendall(request)
        good += _answer(open_to[port]).startswith(b"HTTP/1.1 200")
    seconds = time.perf_counter() - start
    for connection in open_to.values():
        connection.close()
    return seconds, good


def _answer(connection):
    data = connection.recv(65_536)
    while b"\r\n\r\n" not in data:
        data += connection.recv(65_536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    while len(body) < length:
        body += connection.recv(65_536)
    return head


class _TwoBytes(socketserver.StreamRequestHandler):
    """Reads requests and answers each with two bytes."""

    def handle(self):
        while line := self.rfile.readline():
            length = 0
            while line.strip():
                length = int(line.split(b":")[1]) if line.startswith(b"Content-Length") else length
                line = self.rfile.readline()
            self.rfile.read(length)
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")


def _floor_per_second(calls):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _TwoBytes) as server:
        threading.Thread(target=server.serve_forever).start()
        seconds, _ = _ask([(server.server_address[1], request) for _, request in calls])
        server.shutdown()
    return round(len(calls) / seconds)


def _minute_ms():
    """How long a minute of the world's life takes."""
    world = World(_large())
    life = Life(world)
    start = time.perf_counter()
    world.clock.put_forward(20 * 60)
    life.catch_up()
    return round((time.perf_counter() - start) * 1_000 / 20, 2)


def run():
    """Return seconds until ready, requests a second beside the floor, and megabytes at the most."""
    command = [sys.executable, "-c", "from tests.bench.lab import _serve; _serve()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as served:
        told = json.loads(served.stdout.readline())
        calls = list(_calls(told["products"]))
        seconds, good = _ask(calls)
        spent = json.loads(served.communicate("\n", timeout=30)[0])
    return {
        "bench": "lab",
        "hosts": HOSTS,
        "ready_s": told["ready_s"],
        "first_ready_s": told["first_ready_s"],
        "requests": len(calls),
        "answered_200": good,
        "per_second": round(len(calls) / seconds),
        "per_second_of_one_core": round(len(calls) / spent["cpu_s"]),
        "floor_per_second": _floor_per_second(calls),
        "minute_of_life_ms": _minute_ms(),
        "mb": spent["mb"],
    }
