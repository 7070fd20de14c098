using System.Buffers;
using System.IO.Pipelines;

namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

/// Bytes of a link to frames. One loop reads; only Interrupt may be called from elsewhere.
///
/// The parser never sees more than its limit, so a length field that lies cannot make memory be spent. Frames are copied once, into
/// bytes that belong to whoever takes them. Garbage is given out as soon as nothing else is there: bounded, counted, with its reason.
internal sealed class FrameReader(PipeReader input, IFrameParser parser, TimeProvider time)
{
    public const int GarbageSampleBytes = 2048;

    private const string Torn = "torn";
    private const string Oversize = "oversize";

    // Of the stretch of garbage that is being skipped; empty between calls.
    private byte[] _sample = [];
    private long _garbage;
    private string _reason = "";

    /// Makes the ReadAsync that waits, or the next one, return Interrupted.
    public void Interrupt() => input.CancelPendingRead();

    /// <exception cref="LinkLostException">The device is gone without a word.</exception>
    public async ValueTask<Received> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var result = await NextAsync(cancellation);
            var buffer = result.Buffer;
            if (result.IsCanceled)
            {
                input.AdvanceTo(buffer.Start);
                return new Received(ReceivedKind.Interrupted, [], 0, "", time.GetUtcNow());
            }
            var found = Take(ref buffer, result.IsCompleted);
            // What is left was looked at only if nothing was found: else the next call looks at it without waiting for more.
            input.AdvanceTo(buffer.Start, found is null ? buffer.End : buffer.Start);
            if (found is { } received)
                return received;
        }
    }

    private async ValueTask<ReadResult> NextAsync(CancellationToken cancellation)
    {
        try
        {
            return await input.ReadAsync(cancellation);
        }
        catch (Exception e) when (DeviceLink.IsLost(e))
        {
            throw new LinkLostException("The link broke.", e);
        }
    }

    /// Cuts the first frame or stretch of garbage off the buffer; null when more bytes are needed.
    private Received? Take(ref ReadOnlySequence<byte> buffer, bool isCompleted)
    {
        while (!buffer.IsEmpty)
        {
            var scan = Scan(buffer, isCompleted);
            switch (scan.Status)
            {
                case FrameStatus.NeedMore:
                    return GarbageSoFar();
                case FrameStatus.Padding:
                    buffer = buffer.Slice(scan.Consumed);
                    break;
                case FrameStatus.Garbage:
                    Skip(buffer.Slice(0, scan.Consumed), scan.Reason);
                    buffer = buffer.Slice(scan.Consumed);
                    break;
                case FrameStatus.Frame when _garbage > 0:
                    return GarbageSoFar();
                case FrameStatus.Frame:
                    var frame = buffer.Slice(0, scan.Consumed).ToArray();
                    buffer = buffer.Slice(scan.Consumed);
                    return new Received(ReceivedKind.Frame, frame, frame.Length, "", time.GetUtcNow());
            }
        }
        return GarbageSoFar() ?? (isCompleted ? new Received(ReceivedKind.End, [], 0, "", time.GetUtcNow()) : null);
    }

    private FrameScan Scan(in ReadOnlySequence<byte> buffer, bool isCompleted)
    {
        var length = (int)Math.Min(buffer.Length, parser.LongestFrameBytes);
        var isFinal = isCompleted && length == buffer.Length;
        FrameScan scan;
        if (buffer.FirstSpan.Length >= length)
        {
            scan = parser.Scan(buffer.FirstSpan[..length], isFinal);
        }
        else
        {
            var window = ArrayPool<byte>.Shared.Rent(length);
            buffer.Slice(0, length).CopyTo(window);
            scan = parser.Scan(window.AsSpan(0, length), isFinal);
            ArrayPool<byte>.Shared.Return(window);
        }
        return scan.Status != FrameStatus.NeedMore ? scan
            : isFinal ? FrameScan.Garbage(length, Torn)
            : length == parser.LongestFrameBytes ? FrameScan.Garbage(1, Oversize)
            : scan;
    }

    private void Skip(in ReadOnlySequence<byte> garbage, string reason)
    {
        if (_garbage == 0)
            _reason = reason;
        _garbage += garbage.Length;
        if (_sample.Length < GarbageSampleBytes)
            _sample = [.. _sample, .. garbage.Slice(0, Math.Min(garbage.Length, GarbageSampleBytes - _sample.Length)).ToArray()];
    }

    private Received? GarbageSoFar()
    {
        if (_garbage == 0)
            return null;
        var received = new Received(ReceivedKind.Garbage, _sample, _garbage, _reason, time.GetUtcNow());
        _sample = [];
        _garbage = 0;
        return received;
    }
}
