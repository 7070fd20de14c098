"""The foreign server. Usage: echo_server.py STUBS; prints its port, says what it saw, ends when its input does."""
import sys
import time
from concurrent import futures

sys.path.insert(0, sys.argv[1])

import grpc
from grpctests.v1 import echo_pb2 as pb
from grpctests.v1 import echo_pb2_grpc


def act(message, context):
    if message.act == "fail":
        context.set_trailing_metadata((("why", "asked"), ("why-bin", bytes([0, 255, 128]))))
        code = next(c for c in grpc.StatusCode if c.value[0] == message.code)
        context.abort(code, message.text)
    if message.act == "hang":
        print("hanging", flush=True)
        while context.is_active():
            time.sleep(0.01)
        print("cancelled", flush=True)
    if message.act == "metadata":
        echoed = [(k, v) for k, v in context.invocation_metadata() if k.startswith("echo")]
        context.send_initial_metadata(echoed)
        context.set_trailing_metadata([("trailer-" + k, v) for k, v in echoed])
    if message.act == "deadline":
        return pb.EchoMessage(text=str(context.time_remaining()))
    return message


class Echo(echo_pb2_grpc.EchoServicer):
    def Unary(self, request, context):
        return act(request, context)

    def Collect(self, request_iterator, context):
        return pb.EchoMessage(text=",".join(act(m, context).text for m in request_iterator))

    def Expand(self, request, context):
        for i in range(request.repeat):
            yield pb.EchoMessage(text=str(i), payload=request.payload)

    def Chat(self, request_iterator, context):
        for message in request_iterator:
            yield act(message, context)


server = grpc.server(futures.ThreadPoolExecutor(8), options=[("grpc.max_send_message_length", 16 << 20)])
echo_pb2_grpc.add_EchoServicer_to_server(Echo(), server)
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
sys.stdin.read()
server.stop(0)
