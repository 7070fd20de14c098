using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// The readings an alert quotes (AlertBasis): the first, the worst and the last, at most 64, and how many were left out.
internal sealed class QuoteList
{
    private const int Most = 64;
    private const int Firsts = 31;
    private const int Lasts = Most - Firsts - 1;

    private readonly List<(ulong Number, QuotedReading Quote)> _first = [];
    private readonly Queue<(ulong Number, QuotedReading Quote)> _last = new();
    private (ulong Number, QuotedReading Quote)? _worst;

    public ulong Count { get; private set; }

    public void Add(QuotedReading quote, bool isWorst)
    {
        var numbered = (++Count, quote);
        if (isWorst)
            _worst = numbered;
        if (_first.Count < Firsts)
        {
            _first.Add(numbered);
            return;
        }
        _last.Enqueue(numbered);
        if (_last.Count > Lasts)
            _last.Dequeue();
    }

    /// Readings that were judged and are not there to be quoted.
    public void LeaveOut(ulong count) => Count += count;

    /// In the order they were judged.
    public (IReadOnlyList<QuotedReading> Quotes, ulong LeftOut) Read()
    {
        var all = new SortedDictionary<ulong, QuotedReading>();
        foreach (var (number, quote) in _first.Concat(_last))
            all[number] = quote;
        if (_worst is { } worst)
            all[worst.Number] = worst.Quote;
        return ([.. all.Values], Count - (ulong)all.Count);
    }

    public void Write(StateWriter to)
    {
        to.Number(Count);
        List<(ulong Number, QuotedReading Quote)> worst = _worst is { } w ? [w] : [];
        foreach (var part in new IReadOnlyCollection<(ulong Number, QuotedReading Quote)>[] { _first, _last, worst })
        {
            to.Number((long)part.Count);
            foreach (var (number, quote) in part)
            {
                to.Number(number);
                to.Message(quote);
            }
        }
    }

    public void Read(StateReader from)
    {
        Count = from.Unsigned();
        _first.AddRange(Part(from));
        foreach (var item in Part(from))
            _last.Enqueue(item);
        foreach (var item in Part(from))
            _worst = item;
    }

    private static List<(ulong Number, QuotedReading Quote)> Part(StateReader from)
    {
        var part = new List<(ulong Number, QuotedReading Quote)>();
        for (var left = from.Signed(); left > 0; left--)
            part.Add((from.Unsigned(), from.Message(QuotedReading.Parser)));
        return part;
    }
}
