using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using Google.Protobuf;

namespace EdgeEnforcement.Benchmarks.Load.Cases;

/// <summary>
/// Registers, rules and cases with all their acts into a real ledger. Acts go in round by round, the first of every case, then the second of every
/// case: whoever folds them meets a case once in a batch, as in a service in which a case takes months.
/// </summary>
internal sealed class CaseLedger(LedgerCore core)
{
    private const int Together = 16_384;

    private readonly List<Task<FactOutcome>> _waiting = [];
    private ulong _next = core.Reader.DurableSize;

    /// <summary>On return they are durable.</summary>
    public async Task<CaseRules> FoundAsync()
    {
        ulong calendar = _next;
        foreach (RegisterChanged changed in CaseWorld.Registers())
            await AddAsync(new Record { Sensitivity = Sensitivity.Internal, RegisterChanged = changed });
        byte[] content = CaseWorld.RulesContent();
        ProcedureRules rules = ProcedureRulesParser.TryParse(content, out IReadOnlyList<string> errors) ?? throw new InvalidDataException(string.Join('\n', errors));
        ulong entry = await AddAsync(new Record
        {
            Sensitivity = Sensitivity.Internal,
            ProcedureRulesActivated = new ProcedureRulesActivated
            {
                Content = ByteString.CopyFrom(content), Sha256 = ByteString.CopyFrom(SHA256.HashData(content)), Version = rules.Version, Reason = "启用", ActorId = CaseWorld.Clerk.Id,
            },
        });
        await SettleAsync();
        return new CaseRules(CaseWorld.Book(calendar), rules, entry);
    }

    /// <summary>Returns how many entries they are.</summary>
    public async Task<ulong> AddAsync(CaseVariants variants, int count)
    {
        ulong before = _next;
        List<ulong>[] entries = new List<ulong>[count];
        for (int i = 0; i < count; i++)
        {
            CaseIds ids = new(i);
            entries[i] = [await AddAsync(At(ids, 0, new Record { Sensitivity = Sensitivity.Internal, CaseOpened = variants.Of(ids).Opened(ids) }))];
        }

        for (int act = 0; ; act++)
        {
            ulong round = _next;
            for (int i = 0; i < count; i++)
            {
                CaseIds ids = new(i);
                CaseVariant variant = variants.Of(ids);
                if (act < variant.Acts)
                    entries[i].Add(await AddAsync(At(ids, (ulong)act + 1, new Record { Sensitivity = Sensitivity.Internal, ProcedureActed = Placed(variant.Act(act, ids), entries[i]) })));
            }

            if (_next == round)
                break;
        }

        await SettleAsync();
        return _next - before;
    }

    // A variant's entries count from its opening; in this ledger they lie elsewhere.
    private static ProcedureActed Placed(ProcedureActed acted, List<ulong> entries)
    {
        foreach (ClockChange change in acted.Clocks.Where(change => change.Clock.StartEntry >= CaseWalk.FirstEntry))
            change.Clock.StartEntry = entries[(int)(change.Clock.StartEntry - CaseWalk.FirstEntry)];
        if (acted.Act.Answer is { RequestEntry: >= CaseWalk.FirstEntry } answer)
            answer.RequestEntry = entries[(int)(answer.RequestEntry - CaseWalk.FirstEntry)];
        return acted;
    }

    private static Record At(CaseIds ids, ulong version, Record record)
    {
        record.Preconditions.Add(new StreamPrecondition { Stream = CaseStream.Lifecycle(ids.CaseId), ExpectedVersion = version });
        foreach (GivenNumber given in record.ProcedureActed?.Numbers.Where(given => given.Stream.Length > 0) ?? [])
            record.Preconditions.Add(new StreamPrecondition { Stream = given.Stream });
        return record;
    }

    /// Returns the entry it becomes: one task appends, so they lie as they came.
    private async Task<ulong> AddAsync(Record record)
    {
        _waiting.Add(core.Facts.AppendAsync(LeafOrigin.Operator, record, CancellationToken.None));
        if (_waiting.Count == Together)
            await SettleAsync();
        return _next++;
    }

    private async Task SettleAsync()
    {
        if (_waiting.Count == 0)
            return;
        foreach (FactOutcome outcome in await Task.WhenAll(_waiting))
        {
            if (outcome.Outcome.Refusal is { } refusal)
                throw new InvalidOperationException($"{refusal.Code} {refusal.Detail}");
        }

        _waiting.Clear();
        if (core.Reader.DurableSize < _next)
            throw new InvalidOperationException($"the ledger holds {core.Reader.DurableSize} entries, not {_next}");
    }
}
