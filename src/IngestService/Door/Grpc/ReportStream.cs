using System.Threading.Channels;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Door.Admission;
using EdgeEnforcement.IngestService.Refusals;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Door.Streams;

/// <summary>
/// One producer's stream after hello, as three loops that hand on in order:
/// <code>
/// reading --(judging, on the pool)--> appending --(tickets)--> answering
///    ^                                                            |
///    +------------------- a slot of the window -------------------+
/// </code>
/// A slot is taken before a message is read and given back when its answer is written, so at most a window of envelopes is
/// here at once; at the window the door stops reading and HTTP/2 flow control holds the sender.
///
/// Errors travel forward: a loop that dies completes its channel with the error, the next one first answers what came before
/// it. The answering loop ends the call; then the others are cancelled. No answer is written before its ticket completed.
/// </summary>
internal sealed class ReportStream : IDisposable
{
    private static readonly WriteOptions MoreFollows = new(WriteFlags.BufferHint);
    private static readonly WriteOptions FlushNow = new();

    private readonly ReportStreamParts _parts;
    private readonly RegisteredProducer _producer;
    private readonly HelloAnswer _hello;
    private readonly SemaphoreSlim _window;
    private readonly Channel<(ulong Correlation, Task<Verdict> Verdict)> _judging;
    private readonly Channel<PendingAnswer> _tickets;

    public ReportStream(ReportStreamParts parts, RegisteredProducer producer, HelloAnswer hello)
    {
        _parts = parts;
        _producer = producer;
        _hello = hello;
        var window = (int)hello.Window;
        _window = new SemaphoreSlim(window, window);
        // The room in this channel is what keeps one stream from taking every core for its signatures.
        _judging = Channel.CreateBounded<(ulong, Task<Verdict>)>(Bounded(ProducerRegister.VerificationWorkers));
        _tickets = Channel.CreateBounded<PendingAnswer>(Bounded(window));
    }

    public long AnswerCount { get; private set; }

    public async Task RunAsync(
        IAsyncStreamReader<ReportRequest> requests, IServerStreamWriter<ReportResponse> responses, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = ReadAsync(requests, ended.Token);
        var appending = AppendAsync(ended.Token);
        try
        {
            await AnswerAsync(responses, ended.Token);
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(reading, appending);
        }
    }

    public void Dispose() => _window.Dispose();

    // Reading and appending never throw: what stops them goes down their channel.
    private async Task ReadAsync(IAsyncStreamReader<ReportRequest> requests, CancellationToken cancellation)
    {
        Exception? stopped = null;
        try
        {
            await _window.WaitAsync(cancellation);
            while (await requests.MoveNext(cancellation))
            {
                var request = requests.Current;
                if (request.MessageCase != ReportRequest.MessageOneofCase.Envelope)
                    throw new RpcException(new Status(StatusCode.FailedPrecondition, "after hello each message is an envelope"));
                var envelope = request.Envelope.Memory;
                var verdict = Task.Run(() => _parts.Intake.Judge(envelope, _producer, _hello.Epoch), CancellationToken.None);
                await _judging.Writer.WriteAsync((request.Correlation, verdict), cancellation);
                await _window.WaitAsync(cancellation);
            }
        }
        catch (Exception e)
        {
            stopped = e;
        }
        _judging.Writer.Complete(stopped);
    }

    private async Task AppendAsync(CancellationToken cancellation)
    {
        Exception? stopped = null;
        try
        {
            await foreach (var (correlation, verdict) in _judging.Reader.ReadAllAsync(cancellation))
            {
                var pending = await _parts.Intake.AppendAsync(await verdict, _producer, correlation, cancellation);
                await _tickets.Writer.WriteAsync(pending, cancellation);
            }
        }
        catch (Exception e)
        {
            stopped = e;
        }
        _tickets.Writer.Complete(stopped);
    }

    private async Task AnswerAsync(IServerStreamWriter<ReportResponse> responses, CancellationToken cancellation)
    {
        await foreach (var pending in _tickets.Reader.ReadAllAsync(cancellation))
        {
            var response = await ResponseAsync(pending, cancellation);
            // Answers that are ready together leave in one flush; the last of them is not kept waiting for the next.
            var moreIsReady = _tickets.Reader.TryPeek(out var next) && next.IsReady;
            responses.WriteOptions = moreIsReady ? MoreFollows : FlushNow;
            await responses.WriteAsync(response, cancellation);
            if (!moreIsReady)
                _parts.Metrics.Flushed(_parts.Time.GetElapsedTime(pending.Since));
            AnswerCount++;
            _window.Release();
        }
    }

    private async ValueTask<ReportResponse> ResponseAsync(PendingAnswer pending, CancellationToken cancellation)
    {
        var refusal = pending.Refusal;
        if (pending.Outcome is { } outcome)
        {
            var done = await outcome.WaitAsync(cancellation);
            if (done.Receipt is { } receipt)
            {
                _parts.Metrics.Accepted(pending.QuarantinedAs is null ? receipt.Code : ReceiptCode.Quarantined);
                if (pending.QuarantinedAs is { } code)
                    _parts.Log.KeptInQuarantine(_producer.Name, receipt.Index.Value, code);
                return AnswerFormatter.Response(pending.Correlation, done, _hello.Origin, pending.QuarantinedAs);
            }
            refusal = done.Refusal;
        }

        var detail = refusal ?? throw new InvalidOperationException("an outcome has neither receipt nor refusal");
        _parts.Metrics.Refused(detail.Code);
        _parts.Log.RecordRefused(_producer.Name, detail.Code, detail.Detail);
        return AnswerFormatter.Response(pending.Correlation, detail);
    }

    private static BoundedChannelOptions Bounded(int capacity) =>
        new(capacity) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait };
}
