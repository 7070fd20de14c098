using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Tests.Fake;

/// <summary>Lawful deletion as the service does it, as far as a page can see it. Callers hold the world's lock.</summary>
internal sealed class FakeErasures(FakeWorld world)
{
    public Dictionary<string, ErasureDetail> All { get; } = [];

    public ErasureDetail Request(Actor actor, IReadOnlyList<EntryRange> ranges, string reason, string article)
    {
        var id = $"E-{world.Book.Size}";
        var detail = new ErasureDetail
        {
            Row = new ErasureRow
            {
                ErasureId = id, State = ErasureState.Requested, Version = 1, Reason = reason, Article = article, Requester = actor,
                RequestedAt = TimeProvider.System.GetUtcNow().ToTimestamp(),
            },
        };
        detail.Requested.AddRange(ranges);
        detail.Items.AddRange(Items(ranges));
        detail.Row.EntryCount = (uint)detail.Items.Count;
        All[id] = detail;
        Step(detail, "erasure_requested", actor, $"{article} · {reason}",
            new Record { ErasureRequested = new ErasureRequested { ErasureId = id, Reason = reason, Article = article, Actor = actor } });
        return detail;
    }

    public ErasureDetail Approve(Actor actor, string id, ulong expectedVersion)
    {
        var detail = Seen(id, expectedVersion);
        if (detail.Row.State is not (ErasureState.Requested or ErasureState.ApprovedOnce))
            throw FakeActs.Refusal(StatusCode.FailedPrecondition, "NOT_PERMITTED", "the erasure is done");
        if (detail.Row.Requester.Id == actor.Id)
            throw FakeActs.Refusal(StatusCode.FailedPrecondition, "NOT_PERMITTED", "who requests an erasure does not approve it");
        if (detail.Row.Approvers.Any(approver => approver.Id == actor.Id))
            throw FakeActs.Refusal(StatusCode.FailedPrecondition, "NOT_PERMITTED", "the second approval is another person's");
        detail.Row.Version++;
        detail.Row.Approvers.Add(actor);
        if (detail.Row.Approvers.Count == 1)
        {
            detail.Row.State = ErasureState.ApprovedOnce;
            Step(detail, "erasure_approved", actor, "", new Record { ErasureApproved = new ErasureApproved { ErasureId = id, Actor = actor } });
        }
        else
        {
            Erase(detail, actor);
        }
        return detail;
    }

    public ErasureDetail Withdraw(Actor actor, string id, ulong expectedVersion, string reason)
    {
        var detail = Seen(id, expectedVersion);
        (detail.Row.Version, detail.Row.State) = (detail.Row.Version + 1, ErasureState.Withdrawn);
        Step(detail, "erasure_withdrawn", actor, reason, new Record { ErasureWithdrawn = new ErasureWithdrawn { ErasureId = id, Actor = actor, Reason = reason } });
        return detail;
    }

    private void Erase(ErasureDetail detail, Actor second)
    {
        detail.Row.State = ErasureState.Erased;
        var leaf = new Erased { ErasureId = detail.Row.ErasureId, Reason = detail.Row.Reason, Article = detail.Row.Article, Requester = detail.Row.Requester };
        leaf.Approvers.AddRange(detail.Row.Approvers);
        leaf.Ranges.AddRange(detail.Items.Select(item => new EntryRange { First = item.EntryIndex, Last = item.EntryIndex }));
        foreach (var item in detail.Items)
            world.Book.Erase(item.EntryIndex);
        var goneAlerts = world.Alerts.Where(alert => Goes(alert.Value.Timeline.Select(line => line.EntryIndex))).Select(alert => alert.Key).ToList();
        goneAlerts.ForEach(id => world.Alerts.Remove(id));
        var goneMedia = world.Media.Values.Where(media => Goes([media.Row.ManifestIndex])).ToList();
        detail.Row.ErasedIndex = world.Book.Size;
        foreach (var media in goneMedia)
        {
            world.Files.Remove(media.Row.ManifestIndex);
            world.Media[media.Row.ManifestIndex] = new MediaDetail
            {
                Row = new MediaRow { ManifestIndex = media.Row.ManifestIndex, Producer = media.Row.Producer, IngestedAt = media.Row.IngestedAt, State = MediaState.Erased },
                Timeline = { new TimelineItem { EntryIndex = world.Book.Size, At = TimeProvider.System.GetUtcNow().ToTimestamp(), Kind = "erased", Text = detail.Row.Reason, Actor = second.Name } },
            };
        }
        Step(detail, "erased", second, "", new Record { Erased = leaf });

        bool Goes(IEnumerable<ulong> entries) => detail.Items.Any(item => entries.Contains(item.EntryIndex));
    }

    private IEnumerable<ErasureItem> Items(IReadOnlyList<EntryRange> ranges)
    {
        var items = new SortedDictionary<ulong, ErasureWhy>();
        foreach (var index in ranges.SelectMany(range => Enumerable.Range((int)range.First, (int)(range.Last - range.First + 1))).Select(index => (ulong)index))
        {
            if (index >= world.Book.Size)
                throw FakeActs.Refusal(StatusCode.NotFound, "NO_SUCH_ENTRY", $"entry {index}: the ledger holds {world.Book.Size}");
            items[index] = ErasureWhy.Requested;
            if (world.Media.TryGetValue(index, out var media))
            {
                if (media.Row.CaseIds.Count > 0)
                    throw FakeActs.Refusal(StatusCode.FailedPrecondition, "NOT_PERMITTED", $"legal hold: file {index} is evidence in case {media.Row.CaseIds[0]}");
                foreach (var custody in media.Custody)
                    items.TryAdd(custody.EntryIndex, ErasureWhy.Custody);
                if (media.Row.State == MediaState.Stored)
                    items.TryAdd(media.StoredIndex, ErasureWhy.Fact);
            }
            foreach (var line in world.Alerts.Values.Where(alert => alert.Timeline.Any(line => line.EntryIndex == index)).SelectMany(alert => alert.Timeline))
                items.TryAdd(line.EntryIndex, ErasureWhy.SameAlert);
        }
        return items.Select(item => new ErasureItem { EntryIndex = item.Key, Why = item.Value, RecordType = world.Book[item.Key].Type });
    }

    private ErasureDetail Seen(string id, ulong expectedVersion)
    {
        var detail = All[id];
        return detail.Row.Version == expectedVersion ? detail
            : throw FakeActs.Refusal(StatusCode.Aborted, "CONFLICT", $"version {expectedVersion} was seen, it is at {detail.Row.Version} now");
    }

    private void Step(ErasureDetail detail, string kind, Actor actor, string text, Record record)
    {
        world.Done($"{kind} {detail.Row.ErasureId} {actor.Id} {text}".TrimEnd());
        var index = world.Append(record, LeafOrigin.Operator);
        detail.Timeline.Add(new TimelineItem { EntryIndex = index, At = TimeProvider.System.GetUtcNow().ToTimestamp(), Kind = kind, Text = text, Actor = actor.Name });
    }
}
