using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Identity;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>One officer's worklists, and of the row under the cursor what is to be done next.</summary>
public sealed class WorkView(ProcedureQueries queries, RegisterQueries registers, DeskQueries desk, IOperatorContext context, TimeProvider time)
{
    // Counts of the lists that are not open: a glance, not a ledger.
    private static readonly TimeSpan CountsStand = TimeSpan.FromSeconds(10);

    private readonly Dictionary<WorkListKind, ulong> _counts = [];
    private DateTimeOffset _countedAt;
    private string _knownId = "";

    public static IReadOnlyList<WorkListKind> Kinds { get; } = Enum.GetValues<WorkListKind>()[1..];

    public WorkList List { get; private set; } = new();

    public RulesBook Rules { get; private set; } = RulesBook.None;

    /// <summary>The register's entry of whoever sits here; null: nobody of that id is in it.</summary>
    public Officer? Me { get; private set; }

    /// <summary>Counts of the duty room, where a supervisor sits here; null: nobody asked.</summary>
    public SamplePage? Duty { get; private set; }

    public int Selected { get; private set; }

    public WorkRow? Row => Selected < List.Rows.Count ? List.Rows[Selected] : null;

    /// <summary>Of the selected row; null while it is read or where it cannot be.</summary>
    public ProcedureView? Next { get; private set; }

    public ulong CountOf(WorkListKind kind) => _counts.GetValueOrDefault(kind);

    public async Task ReadAsync(ListWorkRequest request, CancellationToken cancellation)
    {
        await KnowAsync(cancellation);
        request.OfficerId = context.Current.Id;
        var before = Row?.CaseId;
        List = await queries.ListAsync(request, cancellation);
        _counts[request.Kind] = List.Total;
        // The cursor stays with its case while the list moves under it.
        Selected = Math.Max(0, List.Rows.ToList().FindIndex(row => row.CaseId == before));
        await CountAsync(request, cancellation);
        await ReadNextAsync(cancellation);
    }

    public async Task MoveAsync(int by, CancellationToken cancellation)
    {
        var to = Math.Clamp(Selected + by, 0, Math.Max(0, List.Rows.Count - 1));
        if (to == Selected)
            return;
        (Selected, Next) = (to, null);
        await ReadNextAsync(cancellation);
    }

    public Task SelectAsync(int row, CancellationToken cancellation) => MoveAsync(row - Selected, cancellation);

    /// <summary>People of the register by name, number or id.</summary>
    public async Task<IReadOnlyList<SubjectRow>> FindOfficersAsync(string text, CancellationToken cancellation) =>
        (await registers.ListAsync(new ListRegisterRequest { Kind = RegisterKind.Officer, Text = text, PageSize = 20 }, cancellation)).Rows;

    private async Task ReadNextAsync(CancellationToken cancellation)
    {
        var row = Row;
        try
        {
            var next = row is null ? null : await queries.GetAsync(row.CaseId, context.Current.Id, 0, cancellation);
            if (Row?.CaseId == row?.CaseId)
                Next = next; // the cursor may have gone on while it was read
        }
        catch (RpcException)
        {
            Next = null; // the list stands without its preview; its own read says when the service is away
        }
    }

    private async Task CountAsync(ListWorkRequest shown, CancellationToken cancellation)
    {
        if (time.GetUtcNow() - _countedAt < CountsStand)
            return;
        _countedAt = time.GetUtcNow();
        Duty = Me?.Assignments.Any(held => held.Roles.Contains(OfficerRole.Supervisor)) == true
            ? await desk.ListSampleAsync(new ListSampleRequest { AtLeast = shown.AtLeast, PageSize = 1, WaitingOnly = true }, cancellation) : null;
        foreach (var kind in Kinds.Where(kind => kind != shown.Kind))
        {
            var count = shown.Clone();
            (count.Kind, count.PageSize, count.PageToken) = (kind, 1, "");
            _counts[kind] = (await queries.ListAsync(count, cancellation)).Total;
        }
    }

    private async Task KnowAsync(CancellationToken cancellation)
    {
        if (ReferenceEquals(Rules, RulesBook.None))
            Rules = RulesBook.Read(await queries.GetRulesAsync(0, cancellation));
        if (_knownId == context.Current.Id)
            return;
        Me = context.Current.IsKnown ? (await registers.FindAsync(RegisterKind.Officer, context.Current.Id, 0, cancellation))?.Row.Change.Officer : null;
        _knownId = context.Current.Id;
    }
}
