using System.Threading.Channels;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Mqtt.Client;

namespace EdgeEnforcement.EdgeAgent.Uplink.Mqtt;

/// A call's requests are numbered on the wire from a random start, so that an answer to an earlier connection's request is not taken for one of
/// ours; whoever reads the answers sees the correlations he gave. PUBACK is not the answer: it only makes room. Where it has come and the
/// answer does not, the answer was lost on its way (down is as good as its queue), and the call ends.
internal sealed class MqttReportCall(MqttReportConnection connection, ulong start, TimeSpan patience, TimeProvider time) : IReportCall
{
    // More than any window a lane works with: the connection's reading loop never waits for a lane that is not behind.
    private const int MostAnswers = 4097;

    private readonly Channel<ReportResponse> _answers = Channel.CreateBounded<ReportResponse>(MostAnswers);
    private readonly Queue<Task<PublishResult>> _tickets = new();
    private readonly Lock _lock = new();
    private readonly Queue<ulong> _correlations = new();
    private ulong _sent;
    private ulong _answered;
    private bool _isComplete;
    private string _refusal = "";

    public ReportResponse Current { get; private set; } = new();

    public bool Owns(ulong wire)
    {
        lock (_lock)
            return wire - start < _sent;
    }

    public async Task WriteAsync(ReportRequest request, CancellationToken cancellation)
    {
        ulong wire;
        lock (_lock)
        {
            wire = start + _sent++;
            _correlations.Enqueue(request.Correlation);
        }
        var ticket = await connection.PublishAsync(request, wire, cancellation);
        lock (_lock)
        {
            _tickets.Enqueue(ticket);
            Settle_NeedsLock();
        }
    }

    public Task CompleteAsync()
    {
        lock (_lock)
        {
            _isComplete = true;
            if (_answered == _sent)
                _answers.Writer.TryComplete();
        }
        return Task.CompletedTask;
    }

    public async Task<bool> MoveNextAsync(CancellationToken cancellation)
    {
        ReportResponse? answer;
        while (!_answers.Reader.TryRead(out answer))
        {
            var before = Overdue();
            var more = _answers.Reader.WaitToReadAsync(cancellation).AsTask();
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var isLate = await Task.WhenAny(more, Task.Delay(patience, time, over.Token)) != more;
            await over.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
            if (isLate && before is not null && Overdue() == before)
                throw new TransientFaultException($"An acknowledged record has no answer on down.{_refusal}");
            if (!isLate && !await more)
                return false;
        }
        Current = answer;
        return true;
    }

    /// From the connection's reading loop, in the order of the answers.
    public async Task TakeAsync(ReportResponse answer, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (answer.Correlation - start < _answered)
                return; // told twice: QoS 1
            if (answer.Correlation - start > _answered)
                Fail(new TransientFaultException("An answer on down was lost."));
            _answered = answer.Correlation - start + 1;
            answer.Correlation = _correlations.Dequeue();
        }
        await _answers.Writer.WriteAsync(answer, cancellation);
        lock (_lock)
            if (_isComplete && _answered == _sent)
                _answers.Writer.TryComplete();
    }

    public void Fail(Exception fault) => _answers.Writer.TryComplete(fault);

    public void Dispose()
    {
        connection.Close(this);
        _answers.Writer.TryComplete();
    }

    /// The oldest request without an answer, if it was acknowledged; null otherwise.
    private ulong? Overdue()
    {
        lock (_lock)
        {
            Settle_NeedsLock();
            return _answered < _sent - (ulong)_tickets.Count ? _answered : null;
        }
    }

    private void Settle_NeedsLock()
    {
        while (_tickets.TryPeek(out var oldest) && oldest.IsCompletedSuccessfully)
        {
            var result = _tickets.Dequeue().Result; // completed
            if (result.Kind == PublishResultKind.Refused)
                _refusal = $" PUBACK said 0x{(byte)result.Reason:X2} {result.Reason} {result.Detail}";
        }
    }
}
