using System.IO.Pipelines;

namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

/// One connection to a device, whatever carries it. One loop reads; anybody may send, one at a time.
internal sealed class DeviceLink : IAsyncDisposable
{
    // A frame of a sensor protocol is about 1 KiB at most. Zero-byte reads: a link on which nothing comes holds no buffer.
    private static readonly StreamPipeReaderOptions Reading = new(bufferSize: 2048, minimumReadSize: 512, leaveOpen: true, useZeroByteReads: true);

    private readonly Stream _stream;
    private readonly SemaphoreSlim _sending = new(1, 1);

    public DeviceLink(Stream stream, string remote)
    {
        _stream = stream;
        Remote = remote;
        Input = PipeReader.Create(stream, Reading);
    }

    /// "203.0.113.7:40112", "serial:/dev/ttyS1"
    public string Remote { get; }

    public PipeReader Input { get; }

    /// <exception cref="LinkLostException">The device is gone.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            await _stream.WriteAsync(frame, cancellation);
            await _stream.FlushAsync(cancellation);
        }
        catch (Exception e) when (IsLost(e))
        {
            throw new LinkLostException(Remote, e);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// What streams of sockets and serial ports throw when the other end, or the port itself, is gone.
    public static bool IsLost(Exception e) =>
        e is IOException or ObjectDisposedException or UnauthorizedAccessException or InvalidOperationException or TimeoutException;

    public async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync();
        await _stream.DisposeAsync();
        _sending.Dispose();
    }
}
