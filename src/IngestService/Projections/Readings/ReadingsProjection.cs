using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Stations, their series, readings by month with roll-ups, device events and exchanges.</summary>
/// <param name="rawMonths">How long readings are kept; a part of the schema version, because tables of another retention are other tables.</param>
internal sealed class ReadingsProjection(int rawMonths = ReadingLimits.DefaultRawMonths) : IProjection
{
    // 2: late by kind.
    private const int Version = 2;
    private const int VersionStep = 10_000;

    public string Name => "readings";

    public int SchemaVersion => (Version * VersionStep) + rawMonths;

    public string Schema { get; } = EmbeddedSchema.Read("readings.sql");

    /// <summary>For the file that is there, with the retention it was made for: who checks or rebuilds it has no configuration.</summary>
    public static ReadingsProjection For(SqliteFile file)
    {
        if (!File.Exists(file.Path))
            return new ReadingsProjection();
        try
        {
            using SqliteReadLease lease = file.Rent();
            long version = lease.Number("PRAGMA user_version");
            return version / VersionStep == Version ? new ReadingsProjection((int)(version % VersionStep)) : new ReadingsProjection();
        }
        catch (SqliteException)
        {
            return new ReadingsProjection(); // whoever asked meets it again, and says what is wrong
        }
    }

    public bool Wants(Record.BodyOneofCase type) => IsOurs(type);

    public bool WantsLeaf(Leaf leaf) => false;

    internal static bool IsOurs(Record.BodyOneofCase type) => type is Record.BodyOneofCase.ReadingBatch or Record.BodyOneofCase.DeviceEvent
        or Record.BodyOneofCase.DeviceExchange or Record.BodyOneofCase.RuleSetActivated;

    public IProjectionTables Open(SqliteConnection writer) => new ReadingsTables(writer, rawMonths);
}
