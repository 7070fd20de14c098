using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

internal sealed class BayTable : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _clear;
    private readonly SqliteStatement _put;

    public BayTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _clear = _statements.Prepare("DELETE FROM bay WHERE producer = $1");
        _put = _statements.Prepare("INSERT OR REPLACE INTO bay VALUES ($1, $2, $3, $4, $5, $6, $7)");
    }

    /// <summary>A status names all bays: one it leaves out is gone.</summary>
    public void Replace(string producer, IEnumerable<BayStatus> bays)
    {
        _clear.Run(producer);
        foreach (BayStatus bay in bays)
            _put.Run(producer, (long)bay.Bay, bay.State, bay.Recorder, (long)bay.FilesTotal, (long)bay.FilesDone, bay.Remark);
    }

    public void Dispose() => _statements.Dispose();
}
