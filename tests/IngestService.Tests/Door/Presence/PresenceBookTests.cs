using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Door.Presence;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.IngestService.Tests.Doubles;
using CloseReason = EdgeEnforcement.Mqtt.Sessions.CloseReason;

namespace EdgeEnforcement.IngestService.Tests.Door.Presence;

public sealed class PresenceBookTests
{
    [Fact]
    public void Connected_suspect_after_the_link_offline_after_the_grace_and_one_episode()
    {
        BookDriver book = new();
        book.Come("d");
        book.Pass(5);
        book.Go("d", CloseReason.KeepAliveTimeout);
        book.Pass(59);
        Assert.Equal("Connected Suspect", book.States("d"));
        Assert.Empty(book.Episodes);

        book.Pass(2);

        Assert.Equal("Connected Suspect Offline", book.States("d"));
        DevicePresenceChange last = book.Changes.Last();
        Assert.Equal((PresenceReason.KeepAlive, 30u, "gw", 3UL), (last.Reason, last.KeepAliveSeconds, last.Gateway, last.SessionNumber));
        Assert.Equal(book.Now - 61_000, last.Since.ToDateTimeOffset().ToUnixTimeMilliseconds()); // since the link went
        Assert.Equal(book.Now - 62_000, last.LastHeard.ToDateTimeOffset().ToUnixTimeMilliseconds());
        PresenceEpisode episode = Assert.Single(book.Episodes);
        Assert.Equal((EpisodePhase.Opened, PresenceScope.Device, "d", 1u), (episode.Phase, episode.Scope, episode.Subject, episode.Count));
    }

    [Fact]
    public void A_proper_DISCONNECT_is_offline_at_once_and_no_episode()
    {
        BookDriver book = new();
        book.Come("d");
        book.Tick();
        book.Go("d", CloseReason.Disconnected);
        book.Pass(100);

        Assert.Equal("Connected Offline", book.States("d"));
        Assert.Equal(PresenceReason.Left, book.Changes.Last().Reason);
        Assert.Empty(book.Episodes);
    }

    [Fact]
    public void A_will_is_the_reason_and_its_first_bytes_are_kept()
    {
        BookDriver book = new();
        book.Come("d");
        book.Tick();
        book.Go("d");
        book.Will("d", new string('x', 2_000));
        book.Pass(61);

        Assert.Equal("Connected Suspect Offline", book.States("d"));
        DevicePresenceChange suspect = book.Changes.First(change => change.State == PresenceState.Suspect);
        Assert.Equal((PresenceReason.Will, 1_024, 2_000u), (suspect.Reason, suspect.Will.Payload.Length, suspect.Will.PayloadBytes));
        Assert.Equal((PresenceReason.Will, null), (book.Changes.Last().Reason, book.Changes.Last().Will));
    }

    [Fact]
    public void A_take_over_and_a_return_between_two_ticks_write_nothing_and_are_counted()
    {
        BookDriver book = new();
        ulong first = book.Come("d");
        book.Tick();
        book.Come("d"); // taken over
        book.Go("d", CloseReason.TakenOver, first);
        book.Pass(100);
        book.Go("d");
        book.Come("d"); // and back before anybody looked
        book.Pass(100);
        Assert.Equal("Connected", book.States("d"));

        book.Go("d");
        book.Tick();

        Assert.Equal(3u, book.Changes.Last().Drops);
    }

    [Fact]
    public void A_link_that_flaps_all_night_writes_its_budget_and_a_number()
    {
        PresenceOptions options = new();
        BookDriver book = new(options);
        book.Come("d");
        for (int i = 0; i < 720; i++) // six hours: ten seconds away in every thirty
        {
            book.Pass(20);
            book.Go("d");
            book.Pass(10);
            book.Come("d");
        }
        int windows = 720 * 30 / options.BudgetSeconds;
        Assert.InRange(book.Changes.Count(), windows * 2, (windows + 1) * options.SuspectBudget * 2 + 1);
        Assert.Empty(book.Episodes);

        book.Go("d");
        book.Pass(61);

        Assert.Equal(PresenceState.Offline, book.Changes.Last().State);
        Assert.Equal(721L, book.Changes.Sum(change => change.Drops)); // none is lost
    }

    [Fact]
    public void A_device_that_returns_for_a_moment_stays_in_one_episode_until_it_is_back_for_a_grace()
    {
        BookDriver book = new();
        book.Come("d");
        for (int i = 0; i < 3; i++)
        {
            book.Go("d");
            book.Pass(70);
            book.Come("d");
            book.Pass(30);
        }
        Assert.Equal("Opened:1 Updated:2 Updated:3", book.Phases(PresenceScope.Device));

        book.Pass(31);

        Assert.Equal("Opened:1 Updated:2 Updated:3 Cleared:3", book.Phases(PresenceScope.Device));
        Assert.Single(book.Episodes.Select(episode => episode.EpisodeId).Distinct());
        Assert.All(book.Episodes.SkipLast(1), episode => Assert.Equal(["d"], episode.Devices)); // a reader let it go each time it came
        book.Go("d");
        book.Pass(61);
        Assert.Equal(2, book.Episodes.Select(episode => episode.EpisodeId).Distinct().Count()); // another absence is another episode
    }

    [Fact]
    public void Devices_beyond_the_largest_number_are_counted_and_not_followed()
    {
        BookDriver book = new(new PresenceOptions { MaximumDevices = 2 });
        for (int i = 0; i < 3; i++)
            book.Come($"d{i}");
        book.Tick();

        Assert.Equal((2, 1L), (book.Changes.Count(), book.Book.UnfollowedCount));
    }

    [Fact]
    public void After_a_restart_one_word_makes_all_suspect_and_one_episode_holds_who_does_not_return()
    {
        PresenceMemory memory = new(
            [.. Enumerable.Range(0, 5_000).Select(i => Known($"d{i}")), Known("gone", PresenceState.Offline, PresenceReason.Left)], []);
        BookDriver book = new(memory: memory);
        book.Tick();
        DevicePresence first = Assert.Single(book.Entries);
        Assert.True(first.Restarted);
        Assert.Empty(first.Changes);

        for (int i = 0; i < 4_000; i++)
            book.Come($"d{i}");
        book.Pass(61);

        Assert.Equal(4_000, book.Changes.Count(change => change.State == PresenceState.Connected));
        Assert.Equal(1_000, book.Changes.Count(change => change is { State: PresenceState.Offline, Reason: PresenceReason.Restarted }));
        PresenceEpisode episode = Assert.Single(book.Episodes);
        Assert.Equal((PresenceScope.Restart, 1_000u, 1_000), (episode.Scope, episode.Count, episode.Devices.Count));
        for (int i = 4_000; i < 5_000; i++)
            book.Come($"d{i}");
        book.Pass(61);
        Assert.Equal("Opened:1000 Cleared:0", book.Phases(PresenceScope.Restart));
    }

    [Fact]
    public void After_a_restart_the_book_counts_who_is_there_and_finds_a_dead_gateway()
    {
        BookDriver book = new(memory: new PresenceMemory([.. Enumerable.Range(0, 8).Select(i => Known($"d{i}"))], []));
        Assert.Equal((0, 0), (book.Book.All.Connected, book.Book.All.Gone));
        for (int i = 0; i < 8; i++)
            book.Come($"d{i}");
        book.Pass(61);
        Assert.Equal((8, 8), (book.Book.All.Connected, book.Book.All.Known));

        for (int i = 0; i < 3; i++)
            book.Go($"d{i}");
        book.Pass(61);
        Assert.Equal((5, 3), (book.Book.All.Connected, book.Book.All.Gone));
        Assert.Equal("Opened:1 Opened:1 Opened:1", book.Phases(PresenceScope.Device)); // three of eight are no gateway
        book.Pass(300);
        Assert.Equal((5, 0), (book.Book.All.Connected, book.Book.All.Gone));
    }

    [Fact]
    public void A_restart_goes_on_with_the_episodes_that_were_open_and_clears_those_nobody_is_under()
    {
        PresenceMemory memory = new(
            [Known("d", PresenceState.Offline, PresenceReason.LinkLost, "e1")],
            [new KnownEpisode("e1", PresenceScope.Device, "d", 5, 2), new KnownEpisode("e2", PresenceScope.Gateway, "gw", 6, 9)]);
        BookDriver book = new(memory: memory);
        book.Pass(10);
        Assert.Equal(["e2 Cleared"], book.Episodes.Select(e => $"{e.EpisodeId} {e.Phase}"));

        book.Come("d");
        book.Pass(61);

        Assert.Equal(["e2 Cleared", "e1 Cleared"], book.Episodes.Select(e => $"{e.EpisodeId} {e.Phase}"));
    }

    [Fact]
    public void Whatever_two_sessions_do_a_device_is_never_offline_while_one_of_them_is_connected()
    {
        int seed = TestSeed.Next();
        for (int round = 0; round < TestSeed.Times(300, 20_000); round++)
        {
            Random random = new(unchecked(seed + round));
            BookDriver book = new();
            HashSet<ulong> open = [], seen = [];
            // The words of one session keep their order, those of two meet anyhow.
            Queue<Action>[] sessions = [.. new ulong[] { 1, 2 }.Select(version => new Queue<Action>(
            [
                () => Open(version),
                () => Close(version),
            ]))];
            while (sessions.Any(session => session.Count > 0))
            {
                if (sessions[random.Next(2)].TryDequeue(out Action? act))
                    act();
                book.Pass(random.Next(1, 70));
                if (open.Contains(2) || (open.Contains(1) && !seen.Contains(2)))
                    Assert.Equal(PresenceState.Connected, book.Changes.Last().State);
            }
            book.Pass(70);
            Assert.Equal(PresenceState.Offline, book.Changes.Last().State);

            void Open(ulong version)
            {
                book.Open("d", version);
                open.Add(version);
                seen.Add(version);
            }

            void Close(ulong version)
            {
                if (random.Next(3) == 0)
                    book.Will("d", "gone", version);
                book.Go("d", (CloseReason)random.Next(0, 7), version);
                open.Remove(version);
            }
        }
    }

    private static KnownDevice Known(string id, PresenceState state = PresenceState.Connected, PresenceReason reason = default, string episode = "") =>
        new(id, state, reason, 1_779_999_000_000, 30, 3, "gw", episode);
}
