using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Uplink.Lanes;
using EdgeEnforcement.SegmentLog.Space;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// Takes versions while the agent runs. A run with a version on trial says APPLIED first, in class P0: the centre's answer to that very record
/// shows the whole way from spool to ledger, and keeps the version. Without an answer within the probation the version is given up. Then,
/// and in every other run, it asks for a newer one.
internal sealed class ConfigurationPump(
    ConfigurationStore store, ConfigurationChoice choice, ConfigurationFetch fetch, ConfigurationReporter reporter, ReceiptStore receipts, ConfigurationPump.Context context)
    : IAgentLoop
{
    internal sealed record Context(
        ConfigurationLayers Layers, PinnedLedger Pin, StationAlarms Alarms, AgentRestart Restart, TimeProvider Time, IOptions<RemoteConfigurationOptions> Options,
        IOptions<AgentOptions> Agent, ILogger<ConfigurationPump> Log);

    private string _notProved = "";

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (store.State.Faults is { Count: > 0 } faults)
            Alarm(store.State.SeenEntry, faults);
        var goesOn = store.State.Trial is not { } trial || await TryOutAsync(trial, cancellation);
        while (goesOn)
        {
            goesOn = !await LookOnceAsync(cancellation);
            if (goesOn)
                await Task.Delay(context.Options.Value.Interval, context.Time, cancellation);
        }
        context.Restart.Request();
        await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellation);
    }

    /// False: it was given up.
    private async Task<bool> TryOutAsync(ConfigurationVersion trial, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var patience = Task.Delay(context.Options.Value.Probation, context.Time, over.Token);
        var answered = AnsweredAsync(trial, over.Token);
        var ended = await Task.WhenAny(answered, patience);
        await over.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        if (ended == answered)
        {
            await answered;
            store.Save(store.State.Keep());
            context.Log.ConfigurationKept(trial.Index);
            return true;
        }
        // Its end is waited for: it may be in the middle of an append.
        await answered.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var reason = FormattableString.Invariant($"the centre did not answer within {context.Options.Value.Probation}");
        choice.GiveUp([reason]);
        context.Log.ConfigurationGivenUp(trial.Index, reason);
        return false;
    }

    private async Task AnsweredAsync(ConfigurationVersion trial, CancellationToken cancellation)
    {
        var report = choice.ReportOf(trial, ConfigurationOutcome.Applied, []);
        report.RunsWithEntry = trial.Index;
        RecordKey? said = null;
        while (said is null)
        {
            try
            {
                said = await reporter.SayAsync(report, cancellation);
            }
            catch (IOException e) when (e is StationFullException || DiskFull.IsRefusedWrite(e))
            {
                context.Log.ConfigurationWaits(e.Message);
                await Task.Delay(context.Options.Value.Interval, context.Time, cancellation);
            }
        }
        while (true)
        {
            var changed = receipts.Changed.Next;
            if (receipts.IsAnswered(said.Value))
                return;
            await changed.WaitAsync(cancellation);
        }
    }

    /// True: a version was taken, and the agent is to start again.
    private async Task<bool> LookOnceAsync(CancellationToken cancellation)
    {
        try
        {
            await reporter.SayUnsaidAsync(cancellation);
            return context.Options.Value.Accept && await fetch.NewerAsync(store.State.Floor, cancellation) is { } version
                && await JudgeAsync(version, cancellation);
        }
        // A centre of an earlier version knows no configurations; one that is not there is the uplink's business.
        catch (Exception e) when (!cancellation.IsCancellationRequested && (UplinkPump.IsTransient(e) || DiskFull.IsRefusedWrite(e)))
        {
            context.Log.ConfigurationWaits(e is RpcException rpc ? rpc.Status.Detail : e.Message);
            return false;
        }
    }

    private async Task<bool> JudgeAsync(ConfigurationVersion version, CancellationToken cancellation)
    {
        var producer = context.Agent.Value.Producer;
        // It was fetched under the pin, so there is one; what was not opened has its reason.
        if (ConfigurationProof.Open(version, context.Pin.Current!, producer, out var why) is not { } content)
        {
            await DoubtAsync(version, why!, cancellation);
            return false;
        }
        if (ConfigurationCheck.Run(content.Content.Memory, context.Layers, store.RulesFile(version.Index), out var faults) is not null)
        {
            store.Save(store.State.Take(version));
            context.Log.ConfigurationTaken(version.Index, content.Label);
            return true;
        }
        var report = choice.ReportOf(version, ConfigurationOutcome.Refused, faults);
        report.RunsWithEntry = store.State.Good?.Index ?? 0;
        store.Save(store.State.Refuse(version, report));
        Alarm(version.Index, faults);
        context.Log.ConfigurationRefused(version.Index, string.Join("; ", faults));
        await reporter.SayUnsaidAsync(cancellation);
        return false;
    }

    /// Said once a run: the true version may still come under that number, so it is not crossed off.
    private async Task DoubtAsync(ConfigurationVersion version, string why, CancellationToken cancellation)
    {
        if (_notProved == why)
            return;
        _notProved = why;
        context.Log.ConfigurationNotProved(version.Index, why);
        Alarm(version.Index, [why]);
        var report = choice.ReportOf(version, ConfigurationOutcome.Refused, [why]);
        report.RunsWithEntry = store.State.Good?.Index ?? 0;
        await reporter.SayAsync(report, cancellation);
    }

    private void Alarm(ulong entry, IReadOnlyList<string> faults) => context.Alarms.Raise(
        StationAlarms.ConfigurationRefused, FormattableString.Invariant($"version {entry} is not what runs, {faults.Count} reasons, the first: {faults[0]}"));
}
