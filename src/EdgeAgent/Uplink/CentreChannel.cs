using EdgeEnforcement.EdgeAgent.Hosting;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// The one channel to the centre; lanes, proofs and uploads are streams on it.
internal sealed class CentreChannel(IOptions<UplinkOptions> options, TimeProvider time) : IDisposable
{
    // A proof or a checkpoint is small, a MediaStored envelope too; this bounds what a wrong peer can make us hold.
    private const int LargestAnswerBytes = 4 << 20;

    private readonly Lazy<GrpcChannel> _channel = new(() =>
        GrpcChannel.ForAddress(options.Value.Address, new GrpcChannelOptions { MaxReceiveMessageSize = LargestAnswerBytes }));

    public GrpcChannel Channel => _channel.Value;

    public DateTime Deadline() => time.GetUtcNow().UtcDateTime + options.Value.CallTimeout;

    public Backoff NewBackoff()
    {
        var random = new Random();
        return new Backoff(options.Value.BackoffMinimum, options.Value.BackoffMaximum, random.NextDouble);
    }

    public void Dispose()
    {
        if (_channel.IsValueCreated)
            _channel.Value.Dispose();
    }
}
