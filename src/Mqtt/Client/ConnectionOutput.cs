using System.Buffers;
using System.Threading.Channels;

namespace EdgeEnforcement.Mqtt.Client;

/// <summary>
/// Packets of one connection on their way to the network: written under the exchange's lock into one buffer, while the writing loop sends the
/// other. So many small packets leave in one write.
/// </summary>
internal sealed class ConnectionOutput(int limitBytes)
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ArrayBufferWriter<byte> _filling = new();
    private ArrayBufferWriter<byte> _leaving = new();

    public IBufferWriter<byte> Writer => _filling;

    /// <summary>Acknowledgements and pings are written without asking; there is never more than one for each packet that came.</summary>
    public bool HasRoom => _filling.WrittenCount < limitBytes;

    public void Signal() => _signal.Writer.TryWrite(true);

    public void Complete() => _signal.Writer.TryComplete();

    /// <summary>False when completed and everything that was signalled has been seen.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellation) =>
        await _signal.Reader.WaitToReadAsync(cancellation) && _signal.Reader.TryRead(out _);

    /// <summary>What was written since the last call. It stands until the next call.</summary>
    public ReadOnlyMemory<byte> Swap()
    {
        (_filling, _leaving) = (_leaving, _filling);
        _filling.ResetWrittenCount();
        return _leaving.WrittenMemory;
    }
}
