using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Flags as numbers: none 0, a single ASCII letter its code, any other word a number from 128 on.</summary>
internal sealed class QualityTable : IDisposable
{
    public const int FirstWord = 128;

    // A device that sends a new word with each reading; what comes later is shown as this one.
    private const int MostWords = 1_000;
    private const int LongestWord = 40;
    private const string TooMany = "…";

    private readonly StatementSet _statements;
    private readonly SqliteStatement _add;
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);

    public QualityTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _add = _statements.Prepare("INSERT INTO quality VALUES ($1, $2)");
        foreach ((int number, string word) in _statements.Prepare("SELECT quality, word FROM quality").Query(row => (row.GetInt32(0), row.GetString(1))))
            _words.Add(word, number);
    }

    public int NumberOf(string quality) => quality.Length switch
    {
        0 => 0,
        1 when quality[0] is > ' ' and < (char)127 => quality[0],
        _ => WordNumber(quality.Length <= LongestWord ? quality : quality[..LongestWord]),
    };

    public void Dispose() => _statements.Dispose();

    private int WordNumber(string word)
    {
        if (_words.TryGetValue(word, out int number))
            return number;
        if (_words.Count >= MostWords && word != TooMany)
            return WordNumber(TooMany);
        number = FirstWord + _words.Count;
        _words.Add(word, number);
        _add.Run((long)number, word);
        return number;
    }
}
