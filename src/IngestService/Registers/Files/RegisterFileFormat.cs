using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Files;

/// <summary>Lines of one kind of register: their columns, and how a line becomes a content and a content a line.</summary>
/// <param name="Columns">Field of the contract and the Chinese head, in the order of an export; the first is the id.</param>
/// <param name="Build">Fills the change from the cells.</param>
/// <param name="Write">The cells of a content, id included.</param>
/// <param name="ColumnOf">Where a fault of a list shows; fields that are columns themselves need no entry.</param>
internal sealed record RegisterFileFormat(
    RegisterKind Kind, IReadOnlyList<(string Field, string Chinese)> Columns, Action<LineCells, RegisterChange> Build,
    Func<RegisterChange, IReadOnlyList<string>> Write, IReadOnlyDictionary<string, string> ColumnOf)
{
    /// <summary>Null for a kind that has no files.</summary>
    public static RegisterFileFormat? Of(RegisterKind kind) => kind switch
    {
        RegisterKind.Unit => UnitFile.Format,
        RegisterKind.Officer => OfficerFile.Format,
        RegisterKind.Device => DeviceFile.Format,
        RegisterKind.Calendar => CalendarFile.Format,
        _ => null,
    };
}
