"""The foreign client of the interoperability cases. Usage: interop_client.py STUBS TARGET CASE; exits 0 when the case holds."""
import sys
import threading

sys.path.insert(0, sys.argv[1])

import grpc
from grpctests.v1 import interop_pb2 as pb
from grpctests.v1 import interop_pb2_grpc

WAIT = 60
LARGE_REQUEST, LARGE_RESPONSE = 271828, 314159
REQUESTS, RESPONSES = [27182, 8, 1828, 45904], [31415, 9, 2653, 58979]
INITIAL, TRAILING = "x-interop-initial", "x-interop-trailing-bin"
SPECIAL = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"
GZIP = grpc.Compression.Gzip


def expect(actual, wanted):
    if actual != wanted:
        raise AssertionError(f"{actual!r} is not {wanted!r}")


def refused(call):
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call was not refused")


def output(sizes, compress=False, **more):
    return pb.OutputRequest(entries=[pb.OutputEntry(bytes=n, compress=compress) for n in sizes], **more)


def large(**more):
    return pb.UnaryRequest(response_bytes=LARGE_RESPONSE, payload=bytes(LARGE_REQUEST), **more)


class HeldOpen:
    """A request stream that sends what it is given and ends when told."""

    def __init__(self, *messages):
        self.messages = list(messages)
        self.signal = threading.Condition()
        self.ended = False

    def send(self, message):
        with self.signal:
            self.messages.append(message)
            self.signal.notify()

    def end(self):
        with self.signal:
            self.ended = True
            self.signal.notify()

    def __iter__(self):
        while True:
            with self.signal:
                self.signal.wait_for(lambda: self.messages or self.ended)
                if not self.messages:
                    return
                message = self.messages.pop(0)
            yield message


def empty_unary(stub):
    expect(stub.EmptyCall(pb.Empty(), timeout=WAIT), pb.Empty())


def large_unary(stub):
    expect(stub.UnaryCall(large(), timeout=WAIT).payload, bytes(LARGE_RESPONSE))


def client_streaming(stub):
    answer = stub.StreamingInputCall((pb.InputRequest(payload=bytes(n)) for n in REQUESTS), timeout=WAIT)
    expect(answer.total_bytes, sum(REQUESTS))


def server_streaming(stub):
    expect([len(m.payload) for m in stub.StreamingOutputCall(output(RESPONSES), timeout=WAIT)], RESPONSES)


def ping_pong(stub):
    requests = HeldOpen()
    call = stub.FullDuplexCall(iter(requests), timeout=WAIT)
    for request, response in zip(REQUESTS, RESPONSES):
        requests.send(output([response], payload=bytes(request)))
        expect(next(call).payload, bytes(response))
    requests.end()
    expect(list(call), [])
    expect(call.code(), grpc.StatusCode.OK)


def empty_stream(stub):
    call = stub.FullDuplexCall(iter([]), timeout=WAIT)
    expect(list(call), [])
    expect(call.code(), grpc.StatusCode.OK)


def cancel_after_begin(stub):
    requests = HeldOpen()
    call = stub.StreamingInputCall.future(iter(requests), timeout=WAIT)
    call.cancel()
    expect(call.code(), grpc.StatusCode.CANCELLED)
    requests.end()


def cancel_after_first_response(stub):
    requests = HeldOpen(output(RESPONSES[:1]))
    call = stub.FullDuplexCall(iter(requests), timeout=WAIT)
    expect(len(next(call).payload), RESPONSES[0])
    call.cancel()
    expect(refused(lambda: next(call)).code(), grpc.StatusCode.CANCELLED)
    requests.end()


def timeout_on_sleeping_server(stub):
    requests = HeldOpen(pb.OutputRequest(payload=bytes(REQUESTS[0])))
    call = stub.FullDuplexCall(iter(requests), timeout=0.001)
    expect(refused(lambda: next(call)).code(), grpc.StatusCode.DEADLINE_EXCEEDED)
    requests.end()


def custom_metadata(stub):
    sent = ((INITIAL, "test_initial_metadata_value"), (TRAILING, b"\xab\xab\xab"))
    _, unary = stub.UnaryCall.with_call(pb.UnaryRequest(response_bytes=1), metadata=sent, timeout=WAIT)
    duplex = stub.FullDuplexCall(iter([output([1])]), metadata=sent, timeout=WAIT)
    expect(len(list(duplex)), 1)
    for call in (unary, duplex):
        expect(dict(call.initial_metadata())[INITIAL], "test_initial_metadata_value")
        expect(dict(call.trailing_metadata())[TRAILING], b"\xab\xab\xab")


def ends_with(stub, message):
    outcome = pb.Outcome(code=2, message=message)
    for call in (
        lambda: stub.UnaryCall(pb.UnaryRequest(outcome=outcome), timeout=WAIT),
        lambda: list(stub.FullDuplexCall(iter([pb.OutputRequest(outcome=outcome)]), timeout=WAIT)),
    ):
        error = refused(call)
        expect(error.code(), grpc.StatusCode.UNKNOWN)
        expect(error.details(), message)


def status_code_and_message(stub):
    ends_with(stub, "test status message")


def special_status_message(stub):
    ends_with(stub, SPECIAL)


def unimplemented_method(stub):
    error = refused(lambda: stub.UnimplementedCall(pb.Empty(), timeout=WAIT))
    expect(error.code(), grpc.StatusCode.UNIMPLEMENTED)


def unimplemented_service(stub):
    missing = interop_pb2_grpc.MissingStub(channel)
    error = refused(lambda: missing.UnimplementedCall(pb.Empty(), timeout=WAIT))
    expect(error.code(), grpc.StatusCode.UNIMPLEMENTED)


def client_compressed_unary(stub):
    answer = stub.UnaryCall(large(), timeout=WAIT, compression=GZIP)
    expect(answer.payload, bytes(LARGE_RESPONSE))
    expect(answer.request_encoding, "gzip")
    expect(stub.UnaryCall(large(), timeout=WAIT).request_encoding, "")


def server_compressed_unary(stub):
    for compress in (True, False):
        answer = stub.UnaryCall(large(compress_response=compress), timeout=WAIT)
        expect(answer.payload, bytes(LARGE_RESPONSE))


def client_compressed_streaming(stub):
    requests = (pb.InputRequest(payload=bytes(n)) for n in (REQUESTS[0], REQUESTS[3]))
    answer = stub.StreamingInputCall(requests, timeout=WAIT, compression=GZIP)
    expect(answer.total_bytes, REQUESTS[0] + REQUESTS[3])


def server_compressed_streaming(stub):
    request = output(RESPONSES, compress=True)
    request.entries[1].compress = False
    expect([len(m.payload) for m in stub.StreamingOutputCall(request, timeout=WAIT)], RESPONSES)


with grpc.insecure_channel(sys.argv[2]) as channel:
    globals()[sys.argv[3]](interop_pb2_grpc.InteropStub(channel))
