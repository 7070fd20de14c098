using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// The refusal that ends a call carries its message in a trailer; its stable name says what to do.
internal static class RefusalTrailer
{
    private const string Key = "refusal-bin";

    /// Empty where the call did not end by a refusal of the service.
    public static string NameOf(RpcException ended)
    {
        try
        {
            return ended.Trailers.GetValueBytes(Key) is { } bytes ? Refusal.Parser.ParseFrom(bytes).Name : "";
        }
        catch (InvalidProtocolBufferException)
        {
            return "";
        }
    }
}
