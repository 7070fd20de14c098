"""python3-grpcio, the C core, as a side of the gRPC load.

grpc_bench.py server                                  prints its port
grpc_bench.py client TARGET KIND BYTES LANES SECONDS  prints: messages, seconds, processor seconds

Messages are google.protobuf.BytesValue on the wire. They are neither parsed nor built here: bytes are passed on, so that as little as can be
is Python's."""
import resource
import sys
import threading
import time
from concurrent import futures

import grpc
from google.protobuf import wrappers_pb2

OPTIONS = [("grpc.max_concurrent_streams", 1000)]


def serve():
    def chat(requests, context):
        yield from requests

    def collect(requests, context):
        for _ in requests:
            pass
        return b""

    handler = grpc.method_handlers_generic_handler("bench.Bench", {
        "Unary": grpc.unary_unary_rpc_method_handler(lambda request, context: request),
        "Collect": grpc.stream_unary_rpc_method_handler(collect),
        "Chat": grpc.stream_stream_rpc_method_handler(chat),
    })
    server = grpc.server(futures.ThreadPoolExecutor(40), handlers=[handler], options=OPTIONS)
    print(server.add_insecure_port("127.0.0.1:0"), flush=True)
    server.start()
    server.wait_for_termination()


def drive(target, kind, size, lanes, seconds):
    message = wrappers_pb2.BytesValue(value=bytes(size)).SerializeToString()
    counts = [0] * lanes
    with grpc.insecure_channel(target) as channel:
        grpc.channel_ready_future(channel).result(30)
        began = time.monotonic()

        def is_over():
            return time.monotonic() - began >= seconds

        def requests(lane):
            while not is_over():
                counts[lane] += 1
                yield message

        def run(lane):
            if kind == "unary":
                call = channel.unary_unary("/bench.Bench/Unary")
                while not is_over():
                    call(message)
                    counts[lane] += 1
            elif kind == "client-stream":
                channel.stream_unary("/bench.Bench/Collect")(requests(lane))
            else:
                answers = sum(1 for _ in channel.stream_stream("/bench.Bench/Chat")(requests(lane)))
                if answers != counts[lane]:
                    raise AssertionError(f"{counts[lane]} sent, {answers} answered")

        threads = [threading.Thread(target=run, args=(lane,)) for lane in range(lanes)]
        cpu = processor_seconds()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(sum(counts), time.monotonic() - began, processor_seconds() - cpu, flush=True)


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if sys.argv[1] == "server":
    serve()
else:
    drive(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]), float(sys.argv[6]))
