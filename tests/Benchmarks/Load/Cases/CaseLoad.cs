using System.Diagnostics;
using EdgeEnforcement.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Contract = EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Benchmarks.Load.Cases;

/// <summary>What a person waits for at the desk of a service that holds the cases of a filled directory: over gRPC, one call after another.</summary>
internal sealed class CaseLoad(GrpcChannel channel, int total)
{
    private const int Asked = 10_000;
    private const int Pages = 300;
    private const int Deep = 20;

    private readonly ProcedureDesk.ProcedureDeskClient _desk = new(channel);
    private readonly Contract.ProcedureActs.ProcedureActsClient _acts = new(channel);

    /// <param name="data">A filled directory.</param>
    /// <param name="acted">How many cases its ledger holds.</param>
    /// <param name="total">How many there are.</param>
    public static async Task<int> RunAsync(string data, int acted, int total)
    {
        string file = Path.Combine(data, "projections", "procedure.db");
        Say($"procedure.db: {new FileInfo(file).Length / 1024 / 1024:N0} MiB");
        using IngestProcess service = await IngestProcess.StartAsync(data);
        Say($"ready after {service.ReadySeconds:F1} s: {service.Memory}");
        while (await service.LargestGapAsync() > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        using GrpcChannel channel = GrpcChannel.ForAddress(service.GrpcAddress);
        CaseLoad load = new(channel, total);
        await load.OpenAsync(1_000, seed: 7); // compiled, and every connection open
        await Uncache(file);
        Say($"open a case, {Asked:N0} of them, file not in memory: {Percentiles.Line(await load.OpenAsync(Asked, seed: 1))}");
        Say($"the same again: {Percentiles.Line(await load.OpenAsync(Asked, seed: 1))}");
        await load.WorkAsync();
        Say($"suggestions for a case: {Percentiles.Line(await load.TimeAsync(1_000, i => load._desk.SuggestAsync(new SuggestRequest { CaseId = load.Any(i, seed: 3).CaseId }).ResponseAsync))}");
        await load.ActAsync(acted);
        Say($"in the end: {service.Memory}");
        await service.StopAsync();
        return 0;
    }

    private async Task<double[]> OpenAsync(int count, uint seed) => await TimeAsync(count, async i =>
    {
        CaseIds ids = Any(i, seed);
        ProcedureView view = await _desk.GetProcedureAsync(new GetProcedureRequest { CaseId = ids.CaseId, OfficerId = ids.First });
        if (view.State.CaseId != ids.CaseId || view.Flow.Count == 0 || ids.IsOpen && view.Permitted.Count == 0)
            throw new InvalidOperationException(ids.CaseId);
    });

    private async Task WorkAsync()
    {
        await ListAsync("mine", i => new ListWorkRequest { Kind = WorkListKind.Mine, OfficerId = CaseIds.Handler(i * 7 % CaseIds.Handlers), PageSize = 10 });
        await ListAsync("to review, all units", _ => new ListWorkRequest { Kind = WorkListKind.ToReview });
        await ListAsync("to approve, all units", _ => new ListWorkRequest { Kind = WorkListKind.ToApprove });
        await ListAsync("to approve, one unit", i => new ListWorkRequest { Kind = WorkListKind.ToApprove, UnitId = CaseIds.UnitId(i % CaseIds.Units) });
        await ListAsync("overdue, all units", _ => new ListWorkRequest { Kind = WorkListKind.Overdue });
        await ListAsync("overdue, one unit", i => new ListWorkRequest { Kind = WorkListKind.Overdue, UnitId = CaseIds.UnitId(i % CaseIds.Units) });
        await ListAsync("all open of one unit", i => new ListWorkRequest { Kind = WorkListKind.All, UnitId = CaseIds.UnitId(i % CaseIds.Units) });
    }

    private async Task ListAsync(string what, Func<int, ListWorkRequest> ask)
    {
        WorkList list = await _desk.ListWorkAsync(ask(0));
        double[] first = await TimeAsync(Pages, i => _desk.ListWorkAsync(ask(i)).ResponseAsync);
        List<double> deep = [];
        for (int i = 0; i < Pages / Deep; i++)
        {
            ListWorkRequest request = ask(i);
            WorkList page = await _desk.ListWorkAsync(request);
            for (int turned = 1; turned < Deep && page.NextPageToken.Length > 0; turned++)
            {
                request.PageToken = page.NextPageToken;
                page = await _desk.ListWorkAsync(request);
            }

            deep.AddRange(await TimeAsync(Deep, _ => _desk.ListWorkAsync(request).ResponseAsync));
        }

        Say($"worklist {what} ({list.Rows.Count} rows of {list.Total:N0}): first page {Percentiles.Line(first)}; page {Deep}, or its last: {Percentiles.Line([.. deep])}");
    }

    /// Inquiries into cases under investigation whose acts are in the ledger: decided, appended, projected, read back.
    private async Task ActAsync(int acted)
    {
        CaseIds[] investigated = [.. Enumerable.Range(0, acted).Select(index => new CaseIds(index))
            .Where(ids => ids.IsOpen && CaseVariants.StepsOf(ids) is 3 or 4 or 5).Take(200)];
        List<double> acts = [], whole = [];
        for (int i = 0; i < 1_000; i++)
        {
            CaseIds ids = investigated[i % investigated.Length];
            ProcedureView seen = await _desk.GetProcedureAsync(new GetProcedureRequest { CaseId = ids.CaseId });
            ProcedureAct act = new()
            {
                Kind = ProcedureActKind.RecordInvestigation, Actor = new Actor { Id = ids.First, Name = "执法员" }, Role = OfficerRole.Handler, SecondOfficerId = ids.Second,
                Record = CaseContents.Record(TimeProvider.System.GetUtcNow(), CaseWorld.HeadOf(CaseIds.UnitId(ids.Unit))),
            };
            long started = TimeProvider.System.GetTimestamp();
            ActAnswer answer = await _acts.ActAsync(new ProcedureActRequest { CaseId = ids.CaseId, ExpectedVersion = seen.State.LifecycleVersion, Act = act });
            acts.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            ProcedureView after = await _desk.GetProcedureAsync(new GetProcedureRequest { CaseId = ids.CaseId, AtLeast = answer.LedgerSize });
            whole.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            if (after.State.LifecycleVersion != seen.State.LifecycleVersion + 1)
                throw new InvalidOperationException($"{ids.CaseId} is at {after.State.LifecycleVersion}");
        }

        Say($"an act until it is durable: {Percentiles.Line([.. acts])}; until it is read back: {Percentiles.Line([.. whole])}");
    }

    private async Task<double[]> TimeAsync(int count, Func<int, Task> ask)
    {
        double[] millis = new double[count];
        for (int i = 0; i < count; i++)
        {
            long started = TimeProvider.System.GetTimestamp();
            await ask(i);
            millis[i] = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        }

        return millis;
    }

    private CaseIds Any(int number, uint seed) => new((int)(new CaseIds(number).Mixed(seed + 100) % (uint)total));

    // The kernel forgets what it holds of the file: every page comes from the disk again.
    private static async Task Uncache(string file)
    {
        using Process dd = Process.Start(new ProcessStartInfo("dd", [$"if={file}", "iflag=nocache", "count=0"]) { RedirectStandardError = true })
            ?? throw new InvalidOperationException("dd did not start");
        await dd.WaitForExitAsync();
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
