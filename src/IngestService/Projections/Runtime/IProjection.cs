using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>
/// A read model folded from the ledger. Its pump owns the file, the transaction and the cursor; the projection owns the
/// tables. Everything it keeps is a function of the entries applied so far: nothing from a clock, nothing from memory.
/// </summary>
internal interface IProjection
{
    /// <summary>Name of the file under projections/, of the metrics and of the cursor.</summary>
    string Name { get; }

    /// <summary>Raised when tables or their meaning change: the file is then deleted and rebuilt from entry 0.</summary>
    int SchemaVersion { get; }

    /// <summary>CREATE statements of an empty file.</summary>
    string Schema { get; }

    /// <summary>Entries of other types come with no record: they are not decoded for this projection.</summary>
    bool Wants(Record.BodyOneofCase type);

    /// <summary>
    /// Whether an entry changes the tables by its leaf alone. Others are applied only with a wanted record or when they are erased, and
    /// passed over without being opened if they are neither.
    /// </summary>
    bool WantsLeaf(Leaf leaf);

    /// <summary>Prepares statements on a file whose schema is in place. Disposed when the pump closes or reopens the file.</summary>
    IProjectionTables Open(SqliteConnection writer);
}
