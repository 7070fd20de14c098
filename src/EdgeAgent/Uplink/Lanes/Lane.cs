using System.Threading.Channels;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;

namespace EdgeEnforcement.EdgeAgent.Uplink.Lanes;

/// One Report stream. The sender writes while the window has room, the receiver takes the answers in the order of sending. "Later" is an
/// answer like the others: the record is postponed (LaneReader) and the stream goes on.
internal sealed class Lane : IDisposable
{
    private readonly IReportCall _call;
    private readonly Channel<LaneItem> _inFlight;

    private Lane(IReportCall call, HelloAnswer answer)
    {
        _call = call;
        Answer = answer;
        // Its capacity is the window: an item leaves when its answer has come.
        _inFlight = Channel.CreateBounded<LaneItem>(new BoundedChannelOptions((int)Math.Clamp(answer.Window, 1u, 4096u)) { SingleReader = true, SingleWriter = true });
    }

    public HelloAnswer Answer { get; }

    public static async Task<Lane> OpenAsync(IReportConnection connection, Hello hello, CancellationToken cancellation)
    {
        var call = connection.Open(cancellation);
        try
        {
            await call.WriteAsync(new ReportRequest { Hello = hello }, cancellation);
            if (!await call.MoveNextAsync(cancellation))
                throw new TransientFaultException("The service did not answer the hello.");
            return call.Current.MessageCase switch
            {
                ReportResponse.MessageOneofCase.Hello => new Lane(call, call.Current.Hello),
                ReportResponse.MessageOneofCase.Refusal => throw new HelloRefusedException(call.Current.Refusal),
                _ => throw new TransientFaultException("The service answered the hello with something else."),
            };
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    /// Sends until there is nothing more (waitForMore null) or until cancelled, and ends when the last answer is stored.
    public async Task RunAsync(LaneReader records, AppendSignal? waitForMore, AnswerDesk answers, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sending = SendAsync(records, waitForMore, either.Token);
        var receiving = ReceiveAsync(records, answers, either.Token);
        var first = await Task.WhenAny(sending, receiving);
        // The side that fails ends the other; a sender that is simply done lets the answers come in.
        if (first == receiving || !first.IsCompletedSuccessfully)
            await either.CancelAsync();
        try
        {
            await Task.WhenAll(sending, receiving);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && first.IsFaulted)
        {
            await first; // the cause, not its consequence
        }
    }

    private async Task SendAsync(LaneReader records, AppendSignal? waitForMore, CancellationToken cancellation)
    {
        try
        {
            for (ulong correlation = 1; ; correlation++)
            {
                RecordKey key;
                ReadOnlyMemory<byte> envelope;
                while (true)
                {
                    var (changed, appended) = (records.Changed, waitForMore?.Next);
                    if (records.TryRead(out key, out envelope))
                        break;
                    // In flight first: what leaves it unanswered is postponed before it leaves.
                    if (waitForMore is null && _inFlight.Reader.Count == 0 && !records.HasPostponed)
                    {
                        await _call.CompleteAsync();
                        return;
                    }
                    await records.WaitAsync(changed, appended, cancellation);
                }
                await _inFlight.Writer.WriteAsync(new LaneItem(correlation, key, envelope), cancellation);
                await _call.WriteAsync(
                    new ReportRequest { Envelope = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(envelope), Correlation = correlation }, cancellation);
            }
        }
        finally
        {
            _inFlight.Writer.TryComplete();
        }
    }

    /// Receipts are stored side by side, so that they share flushes; the lane ends only after all of them are durable.
    private async Task ReceiveAsync(LaneReader records, AnswerDesk answers, CancellationToken cancellation)
    {
        var storing = new Queue<Task>();
        try
        {
            while (await _call.MoveNextAsync(cancellation))
            {
                var answer = _call.Current;
                if (!_inFlight.Reader.TryPeek(out var item) || item.Correlation != answer.Correlation)
                    throw new TransientFaultException($"An answer came for {answer.Correlation}, which is not the oldest in flight.");
                var isLater = answer.Refusal is { Permanent: false };
                if (isLater)
                    answers.Postponed(item.Key, answer.Refusal, records.Postpone(item.Key));
                else
                    storing.Enqueue(answers.TakeAsync(item, answer, cancellation));
                _inFlight.Reader.TryRead(out _);
                var goesOn = !isLater && records.Answered(item.Key);
                if (goesOn)
                    answers.GoesOn(item.Key);
                if (goesOn || isLater || _inFlight.Reader.Count == 0)
                    records.RaiseChanged();
                while (storing.Count > 0 && (storing.Peek().IsCompleted || storing.Count > (int)Answer.Window))
                    await storing.Dequeue();
            }
        }
        finally
        {
            await Task.WhenAll(storing);
        }
        if (_inFlight.Reader.TryPeek(out var unanswered))
            throw new TransientFaultException($"The stream ended before {unanswered.Key} was answered.");
        if (!_inFlight.Reader.Completion.IsCompleted)
            throw new TransientFaultException("The service ended the stream.");
    }

    public void Dispose() => _call.Dispose();
}
