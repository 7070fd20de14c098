using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog.Space;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Detection;

/// Follows the station's own spool, class by class, and lets the rules judge what sources stored there. It is asked by nobody and holds up
/// nobody: a device is answered when its readings are on disk, whatever detection does.
internal sealed class DetectionPump(
    AgentSpool spool, DetectionState state, RuleFileReader ruleFile, DetectionStatus status, DetectionPump.Context context) : IAgentLoop
{
    internal sealed record Context(
        IOptions<DetectionOptions> Options, IOptions<AgentOptions> Agent, StationAlarms Alarms, ReadMarks Marks, TimeProvider Time, ILogger<DetectionPump> Log);

    private const int ReadCount = 256;
    private const long ReadBytes = 1 << 20;
    private const int MostErrorsShown = 20;

    private List<(ClassSpool Log, ulong Last)> _behind = [];
    private bool _caughtUp;
    private DateTimeOffset _tickAt;
    private DateTimeOffset _ruleFileAt;
    private OpenEpisodesView _open = OpenEpisodesView.None;

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (ruleFile.Path.Length == 0)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellation);
            return;
        }
        await spool.Opened.WaitAsync(cancellation);
        Open();
        while (true)
        {
            var appended = spool.Appended.Next;
            var more = false;
            try
            {
                more = await StepAsync(cancellation);
            }
            // No room to remember or to say it: looked at again at the next tick, from where it stands.
            catch (IOException e) when (e is StationFullException || DiskFull.IsRefusedWrite(e))
            {
                context.Log.DetectionWaits(e.Message);
                appended = Task.Delay(context.Options.Value.TickInterval, context.Time, cancellation);
            }
            if (!more)
                await WaitAsync(appended, cancellation);
        }
    }

    private async Task WaitAsync(Task appended, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(appended, Task.Delay(context.Options.Value.TickInterval, context.Time, over.Token));
        await over.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    public void Open()
    {
        state.Open();
        _behind = [.. spool.All.Select(s => (s, s.LastSequence))];
    }

    /// One round: the rule file, what was appended, the clock; saved and said. True when there is more to read at once.
    public async Task<bool> StepAsync(CancellationToken cancellation)
    {
        await state.SettleAsync(context.Options.Value.SaveInterval, cancellation);
        var now = context.Time.GetUtcNow();
        if (now >= _ruleFileAt)
        {
            _ruleFileAt = now + context.Options.Value.RuleFileInterval;
            await LookAtRulesAsync(cancellation);
        }
        var more = false;
        if (state.Engine is { } engine)
        {
            more = Follow(engine);
            Tick(engine, now);
            await state.SettleAsync(context.Options.Value.SaveInterval, cancellation);
        }
        else
        {
            // Without rules nothing is judged, and nothing is deleted; on a disk that is full something has to give.
            foreach (var log in spool.All)
                context.Marks.Read(log.Epoch, log.Class, log.LastSequence);
        }
        Show();
        return more;
    }

    private bool Follow(DetectionEngine engine)
    {
        var more = false;
        foreach (var log in spool.All.OrderBy(s => s.Class).ThenBy(s => s.Epoch))
        {
            var from = Math.Max(state.ReadTo(log) + 1, log.FirstSequence);
            if (from > log.LastSequence)
                continue;
            // Nothing, while the log is being opened again after a full disk.
            var ahead = log.ReadAhead(from, ReadCount, ReadBytes);
            foreach (var (key, envelope) in ahead)
            {
                Judge(engine, key, envelope);
                state.Read(log, key.Sequence);
            }
            more |= ahead.Count > 0 && state.ReadTo(log) < log.LastSequence;
        }
        return more;
    }

    private void Judge(DetectionEngine engine, RecordKey key, ReadOnlyMemory<byte> envelope)
    {
        if (!EnvelopeReader.TryRead(envelope, out var opened) || opened.Record is not { } record)
        {
            context.Log.RecordNotJudged(key.ToString());
            return;
        }
        var arrived = record.Time?.AgentTime?.ToDateTimeOffset() ?? context.Time.GetUtcNow();
        if (record.ReadingBatch is { } batch)
            state.Decide(engine.Apply(record.SourceDevice, batch, record.Identity, arrived));
        else if (record.DeviceEvent is { } happened)
            state.Decide(engine.Apply(record.SourceDevice, happened, record.Identity, arrived));
    }

    private void Tick(DetectionEngine engine, DateTimeOffset now)
    {
        if (!_caughtUp)
        {
            if (_behind.Any(b => b.Last >= b.Log.FirstSequence && state.ReadTo(b.Log) < b.Last))
                return;
            // What did not come while the agent was not there is nobody's silence.
            engine.Resume(now);
            state.CaughtUp();
            _caughtUp = true;
        }
        if (now < _tickAt)
            return;
        _tickAt = now + context.Options.Value.TickInterval;
        state.Decide(engine.Tick(now));
    }

    private async Task LookAtRulesAsync(CancellationToken cancellation)
    {
        var found = ruleFile.Look(state.Engine?.Rules.Sha256, out var isNew);
        if (!isNew)
            return;
        if (ruleFile.Errors.Count == 0)
            context.Alarms.Clear(StationAlarms.RulesRefused);
        if (found is { } next)
            state.Activate(next.Rules, next.Content, "file " + Path.GetFileName(ruleFile.Path));
        else if (ruleFile.Errors.Count > 0)
            await RefuseAsync(cancellation);
    }

    private async Task RefuseAsync(CancellationToken cancellation)
    {
        var inForce = state.Engine is { } engine ? $"{engine.Rules.Id} {engine.Rules.Version}" : "no rule set";
        context.Log.RuleFileRefused(ruleFile.Path, ruleFile.Errors.Count, inForce);
        foreach (var error in ruleFile.Errors.Take(MostErrorsShown))
            context.Log.RuleFileError(ruleFile.Path, error.ToString());
        var first = FormattableString.Invariant($"rule file refused, {ruleFile.Errors.Count} errors, the first: {ruleFile.Errors[0]}; in force stays {inForce}");
        context.Alarms.Raise(StationAlarms.RulesRefused, first);
        try
        {
            await spool.AppendAsync(
                RecordClass.P2,
                new Record
                {
                    SourceDevice = context.Agent.Value.Producer,
                    Sensitivity = Sensitivity.Internal,
                    DeviceEvent = new DeviceEvent { Kind = DeviceEventKind.Other, Protocol = "detection", Detail = first },
                },
                cancellation);
        }
        catch (StationFullException e)
        {
            // The alarm stands and the log has it; the centre is told by the status record.
            context.Log.DetectionWaits(e.Message);
        }
    }

    private void Show()
    {
        var rules = state.Engine?.Rules;
        var unread = spool.All.Aggregate(0UL, (sum, s) => sum + s.LastSequence - Math.Min(s.LastSequence, Math.Max(state.ReadTo(s), s.FirstSequence - 1)));
        _open = _open.Of(state.Engine, state.Said);
        status.Set(new DetectionSnapshot(
            rules?.Id ?? "", rules?.Version ?? "", rules?.Sha256.ToString() ?? "", rules?.Rules.Count ?? 0, state.Engine?.WatchCount ?? 0,
            unread, state.Engine?.HeldCount ?? 0, state.Said, [.. ruleFile.Errors.Take(MostErrorsShown).Select(e => e.ToString())],
            ruleFile.Path, _open.Count, _open.Newest));
    }
}
