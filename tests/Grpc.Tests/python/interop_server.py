"""The foreign server of the interoperability cases. Usage: interop_server.py STUBS; prints its port, ends when its input does."""
import sys
from concurrent import futures

sys.path.insert(0, sys.argv[1])

import grpc
from grpctests.v1 import interop_pb2 as pb
from grpctests.v1 import interop_pb2_grpc

INITIAL = "x-interop-initial"
TRAILING = "x-interop-trailing-bin"


def echo_metadata(context):
    sent = dict(context.invocation_metadata())
    if INITIAL in sent:
        context.send_initial_metadata([(INITIAL, sent[INITIAL])])
    if TRAILING in sent:
        context.set_trailing_metadata([(TRAILING, sent[TRAILING])])


def abort_if_asked(request, context):
    if request.HasField("outcome"):
        code = next(c for c in grpc.StatusCode if c.value[0] == request.outcome.code)
        context.abort(code, request.outcome.message)


def answer(request, context):
    for entry in request.entries:
        if not entry.compress:
            context.disable_next_message_compression()
        yield pb.OutputResponse(payload=bytes(entry.bytes))


class Interop(interop_pb2_grpc.InteropServicer):
    def EmptyCall(self, request, context):
        return pb.Empty()

    def UnaryCall(self, request, context):
        if request.compress_response:
            context.set_compression(grpc.Compression.Gzip)
        echo_metadata(context)
        abort_if_asked(request, context)
        return pb.UnaryResponse(payload=bytes(request.response_bytes))

    def StreamingInputCall(self, request_iterator, context):
        return pb.InputResponse(total_bytes=sum(len(r.payload) for r in request_iterator))

    def StreamingOutputCall(self, request, context):
        if any(entry.compress for entry in request.entries):
            context.set_compression(grpc.Compression.Gzip)
        echo_metadata(context)
        yield from answer(request, context)

    def FullDuplexCall(self, request_iterator, context):
        echo_metadata(context)
        for request in request_iterator:
            abort_if_asked(request, context)
            yield from answer(request, context)


server = grpc.server(futures.ThreadPoolExecutor(16))
interop_pb2_grpc.add_InteropServicer_to_server(Interop(), server)
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
sys.stdin.read()
server.stop(0)
