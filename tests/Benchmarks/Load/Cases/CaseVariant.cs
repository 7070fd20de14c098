using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf;

namespace EdgeEnforcement.Benchmarks.Load.Cases;

/// <summary>One walked case as bytes to be stamped: its opening, its acts, and what they fold to.</summary>
internal sealed class CaseVariant
{
    // Marks that fall due before somebody has measured would be told while he does.
    private static readonly TimeSpan Told = TimeSpan.FromDays(2);

    private readonly StampedBytes _opened;
    private readonly StampedBytes[] _acts;
    private readonly StampedBytes _numbers;
    private readonly StampedBytes _case;

    private CaseVariant(CaseWalk walk)
    {
        State = walk.Case.State;
        UpdatedMicros = Micros.Of(walk.Now);
        _opened = new StampedBytes(walk.Opened.ToByteArray());
        _acts = [.. walk.Facts.Select(fact => new StampedBytes(fact.ToByteArray()))];
        _numbers = new StampedBytes(new ProcedureActed { CaseId = walk.Case.CaseId, Numbers = { walk.Facts.SelectMany(fact => fact.Numbers) } }.ToByteArray());
        _case = new StampedBytes(walk.Case.ToByteArray());
    }

    public ProcedureState State { get; }

    public long UpdatedMicros { get; }

    public int Acts => _acts.Length;

    public int CaseBytes => _case.Length;

    public int ActBytes => _acts.Length == 0 ? 0 : (int)_acts.Average(act => act.Length);

    public static CaseVariant Of(CaseWalk walk, DateTimeOffset now)
    {
        foreach (ClockReached reached in ClockPolicy.Reached(walk.Case, now + Told))
            ClockFold.Apply(walk.Case, reached);
        return new CaseVariant(walk);
    }

    public CaseOpened Opened(CaseIds ids)
    {
        CaseOpened opened = CaseOpened.Parser.ParseFrom(_opened.Of(ids.Values));
        opened.Place = ids.Place;
        opened.Position = new Position { Latitude = ids.Latitude, Longitude = ids.Longitude };
        return opened;
    }

    public ProcedureActed Act(int number, CaseIds ids) => ProcedureActed.Parser.ParseFrom(_acts[number].Of(ids.Values));

    /// <summary>An act that holds nothing but every number the case was given.</summary>
    public ProcedureActed Numbers(CaseIds ids) => ProcedureActed.Parser.ParseFrom(_numbers.Of(ids.Values));

    public ProcedureCase Case(CaseIds ids)
    {
        ProcedureCase subject = ProcedureCase.Parser.ParseFrom(_case.Of(ids.Values));
        (subject.Place, subject.Latitude, subject.Longitude) = (ids.Place, ids.Latitude, ids.Longitude);
        return subject;
    }
}
