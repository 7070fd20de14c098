using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EdgeEnforcement.Benchmarks.Load.Calls;

/// <summary>Three methods over <c>google.protobuf.BytesValue</c>, bound by hand as generated code would: any gRPC can play it without a contract of its own.</summary>
[BindServiceMethod(typeof(BenchService), nameof(BindService))]
internal sealed class BenchService
{
    public static readonly Method<BytesValue, BytesValue> UnaryMethod = Method(MethodType.Unary, nameof(Unary));
    public static readonly Method<BytesValue, BytesValue> CollectMethod = Method(MethodType.ClientStreaming, nameof(Collect));
    public static readonly Method<BytesValue, BytesValue> ChatMethod = Method(MethodType.DuplexStreaming, nameof(Chat));

    private const string Name = "bench.Bench";

    public static void BindService(ServiceBinderBase binder, BenchService? service)
    {
        binder.AddMethod(UnaryMethod, service is null ? null : new UnaryServerMethod<BytesValue, BytesValue>(service.Unary));
        binder.AddMethod(CollectMethod, service is null ? null : new ClientStreamingServerMethod<BytesValue, BytesValue>(service.Collect));
        binder.AddMethod(ChatMethod, service is null ? null : new DuplexStreamingServerMethod<BytesValue, BytesValue>(service.Chat));
    }

    /// <summary>The same message back.</summary>
    public Task<BytesValue> Unary(BytesValue request, ServerCallContext context) => Task.FromResult(request);

    /// <summary>One empty answer at the end.</summary>
    public async Task<BytesValue> Collect(IAsyncStreamReader<BytesValue> requestStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
        }

        return new BytesValue();
    }

    /// <summary>Each message back.</summary>
    public async Task Chat(IAsyncStreamReader<BytesValue> requestStream, IServerStreamWriter<BytesValue> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
            await responseStream.WriteAsync(requestStream.Current);
    }

    private static Method<BytesValue, BytesValue> Method(MethodType type, string name) => new(type, Name, name, Marshaller(), Marshaller());

    /// <summary>As Grpc.Tools generates it.</summary>
    private static Marshaller<BytesValue> Marshaller() => Marshallers.Create(
        static (message, context) =>
        {
            context.SetPayloadLength(message.CalculateSize());
            message.WriteTo(context.GetBufferWriter());
            context.Complete();
        },
        static context => BytesValue.Parser.ParseFrom(context.PayloadAsReadOnlySequence()));
}
