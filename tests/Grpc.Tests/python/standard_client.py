"""A foreign client of the services every gRPC server may have. Usage: standard_client.py STUBS TARGET CHECK; exits 0 when the check holds."""
import sys

sys.path.insert(0, sys.argv[1])

import grpc

grpc.__path__.append(sys.argv[1] + "/grpc")  # where the stubs of packages grpc.* lie

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from grpc.health.v1 import health_pb2, health_pb2_grpc
from grpc.reflection.v1 import reflection_pb2 as pb
from grpc.reflection.v1 import reflection_pb2_grpc

WAIT = 60


def expect(actual, wanted):
    if actual != wanted:
        raise AssertionError(f"{actual!r} is not {wanted!r}")


def ask(channel, **question):
    stub = reflection_pb2_grpc.ServerReflectionStub(channel)
    [answer] = stub.ServerReflectionInfo(iter([pb.ServerReflectionRequest(host="here", **question)]), timeout=WAIT)
    expect(answer.valid_host, "here")
    return answer


def services(channel):
    names = [s.name for s in ask(channel, list_services="").list_services_response.service]
    expect(names, ["edgeenforcement.v1.Report", "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpctests.v1.Echo"])


def call_by_reflection(channel):
    """All that is known beforehand is the name of a method."""
    pool = descriptor_pool.DescriptorPool()
    for file in ask(channel, file_containing_symbol="grpctests.v1.Echo.Unary").file_descriptor_response.file_descriptor_proto:
        pool.Add(descriptor_pb2.FileDescriptorProto.FromString(file))
    method = pool.FindServiceByName("grpctests.v1.Echo").FindMethodByName("Unary")
    factory = message_factory.MessageFactory(pool)
    request, response = factory.GetPrototype(method.input_type), factory.GetPrototype(method.output_type)
    call = channel.unary_unary("/grpctests.v1.Echo/Unary", request.SerializeToString, response.FromString)
    expect(call(request(text="执法"), timeout=WAIT).text, "执法")


def imports_come_along(channel):
    """Every file of a contract that imports others can be added in the order given."""
    pool = descriptor_pool.DescriptorPool()
    files = ask(channel, file_by_filename="edgeenforcement/v1/report.proto").file_descriptor_response.file_descriptor_proto
    expect(len(files) > 1, True)
    for file in files:
        pool.Add(descriptor_pb2.FileDescriptorProto.FromString(file))
    expect(pool.FindServiceByName("edgeenforcement.v1.Report").name, "Report")


def unknown_symbol(channel):
    for question in ({"file_containing_symbol": "nobody.v1.Nothing"}, {"file_by_filename": "nothing.proto"}):
        expect(ask(channel, **question).error_response.error_code, grpc.StatusCode.NOT_FOUND.value[0])
    extension = ask(channel, all_extension_numbers_of_type="grpctests.v1.EchoMessage")
    expect(extension.error_response.error_code, grpc.StatusCode.UNIMPLEMENTED.value[0])


def health(channel):
    stub = health_pb2_grpc.HealthStub(channel)
    expect(stub.Check(health_pb2.HealthCheckRequest(), timeout=WAIT).status, health_pb2.HealthCheckResponse.SERVING)
    try:
        stub.Check(health_pb2.HealthCheckRequest(service="nobody"), timeout=WAIT)
        raise AssertionError("an unknown service was answered")
    except grpc.RpcError as error:
        expect(error.code(), grpc.StatusCode.NOT_FOUND)
    watch = stub.Watch(health_pb2.HealthCheckRequest(service="nobody"), timeout=WAIT)
    expect(next(watch).status, health_pb2.HealthCheckResponse.SERVICE_UNKNOWN)
    watch.cancel()


with grpc.insecure_channel(sys.argv[2]) as channel:
    globals()[sys.argv[3]](channel)
