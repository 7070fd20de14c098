using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>One object with everything about it across cases, itself and those that are merged with it.</summary>
public sealed class ObjectView(RegisterQueries queries, InspectionQueries inspections)
{
    public SubjectDetail? Detail { get; private set; }

    public ObjectRecords? Records { get; private set; }

    /// <summary>Merges that are or were: of this object into another and of others into it.</summary>
    public IReadOnlyList<SubjectDetail> Merges { get; private set; } = [];

    /// <summary>The newest of it and of what it is merged with.</summary>
    public IReadOnlyList<InspectionRow> Inspections { get; private set; } = [];

    public bool Unknown { get; private set; }

    public IReadOnlyDictionary<string, string> Items { get; private set; } = new Dictionary<string, string>();

    public async Task ReadAsync(string id, ulong atLeast, CancellationToken cancellation)
    {
        Detail = await queries.FindAsync(RegisterKind.Object, id, atLeast, cancellation);
        Unknown = Detail is null;
        if (Unknown)
            return;
        Records = await queries.FindRecordsAsync(new GetObjectRecordsRequest { AtLeast = atLeast, ObjectId = id }, cancellation);
        Inspections = (await inspections.ListAsync(new ListInspectionsRequest { AtLeast = atLeast, ObjectId = id, PageSize = 20 }, cancellation)).Rows;
        Items = (await queries.AllAsync(RegisterKind.Item, atLeast, cancellation)).ToDictionary(row => row.Id, row => row.Change.Item.Name, StringComparer.Ordinal);
        var merges = new List<SubjectDetail>();
        // A merge is kept under the object that was merged.
        foreach (var other in (Records?.ObjectIds ?? []).Append(id).Distinct(StringComparer.Ordinal))
        {
            if (await queries.FindAsync(RegisterKind.ObjectMerge, other, atLeast, cancellation) is { } merge)
                merges.Add(merge);
        }
        Merges = merges;
    }
}
