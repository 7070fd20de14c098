using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Door.Presence;

namespace EdgeEnforcement.IngestService.Tests.Door.Presence;

/// <summary>What goes together is one episode.</summary>
public sealed class EpisodeBookTests
{
    [Fact]
    public void A_gateway_that_goes_is_one_parent_and_no_device_has_its_own()
    {
        BookDriver book = With(("gw-1", 5), ("gw-2", 20));
        Lose(book, "gw-1", 5);
        book.Pass(61);

        PresenceEpisode parent = Assert.Single(book.Episodes);
        Assert.Equal((PresenceScope.Gateway, "gw-1", 5u, 5u), (parent.Scope, parent.Subject, parent.Count, parent.Known));
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"gw-1-{i}"), parent.Devices.Order());

        Return(book, "gw-1", 4);
        book.Pass(100);
        Assert.Equal("Opened:5", book.Phases(PresenceScope.Gateway)); // one is missing still
        Return(book, "gw-1", 5);
        book.Pass(61);
        Assert.Equal("Opened:5 Cleared:0", book.Phases(PresenceScope.Gateway));
    }

    [Fact]
    public void An_uplink_that_is_found_dead_device_by_device_opens_no_single_episode_first()
    {
        BookDriver book = With(("gw-1", 6), ("gw-2", 20));
        for (int i = 0; i < 6; i++) // keep-alive over keep-alive
        {
            book.Go($"gw-1-{i}", gateway: "gw-1");
            book.Pass(10);
        }
        book.Pass(100);

        Assert.Equal("", book.Phases(PresenceScope.Device));
        Assert.Equal("Opened:1 Updated:2 Updated:3 Updated:4 Updated:5 Updated:6", book.Phases(PresenceScope.Gateway));
        Assert.Equal(6, book.Episodes.SelectMany(episode => episode.Devices).Distinct().Count());
    }

    [Fact]
    public void Devices_that_were_alone_at_first_go_over_to_the_parent()
    {
        BookDriver book = With(("gw-1", 4));
        Lose(book, "gw-1", 1);
        book.Pass(70);
        Assert.Equal("Opened:1", book.Phases(PresenceScope.Device));
        Lose(book, "gw-1", 4, from: 1);
        book.Pass(61);

        Assert.Equal("Opened:1 Cleared:1", book.Phases(PresenceScope.Device));
        PresenceEpisode parent = book.Episodes.Single(e => e is { Scope: PresenceScope.Gateway });
        Assert.Equal((EpisodePhase.Opened, 4u), (parent.Phase, parent.Count));
        Assert.Equal(parent.EpisodeId, book.Episodes.Single(e => e.Phase == EpisodePhase.Cleared).Into);
    }

    [Fact]
    public void Few_of_a_large_gateway_are_so_many_devices()
    {
        BookDriver book = With(("gw-1", 20));
        Lose(book, "gw-1", 4);
        book.Pass(61);

        Assert.Equal("Opened:1 Opened:1 Opened:1 Opened:1", book.Phases(PresenceScope.Device));
    }

    [Fact]
    public void Devices_dead_for_days_do_not_make_their_gateway_look_dead()
    {
        BookDriver book = With(("gw-1", 6));
        Lose(book, "gw-1", 2);
        book.Pass(1_000);
        Lose(book, "gw-1", 3, from: 2);
        book.Pass(61);

        Assert.Equal("Opened:1 Opened:1 Opened:1", book.Phases(PresenceScope.Device));
        Assert.Equal("", book.Phases(PresenceScope.Gateway));
    }

    [Fact]
    public void A_network_that_goes_is_one_parent_over_its_gateways()
    {
        BookDriver book = With(("gw-1", 8), ("gw-2", 8), ("gw-3", 8));
        Lose(book, "gw-1", 8);
        book.Pass(61);
        Assert.Equal("Opened:8", book.Phases(PresenceScope.Gateway));
        Lose(book, "gw-2", 8);
        book.Pass(61);

        Assert.Equal("Opened:8 Cleared:0", book.Phases(PresenceScope.Gateway));
        Assert.Equal("Opened:16", book.Phases(PresenceScope.Network));
        Assert.Equal("", book.Phases(PresenceScope.Device));
    }

    [Fact]
    public void Ten_thousand_that_go_together_are_one_parent_in_a_handful_of_entries()
    {
        BookDriver book = With([.. Enumerable.Range(0, 100).Select(i => ($"gw-{i}", 100))]);
        int before = book.Entries.Count;
        for (int i = 0; i < 100; i++)
            Lose(book, $"gw-{i}", 100);
        book.Pass(120);

        PresenceEpisode[] words = [.. book.Episodes];
        Assert.Single(words.Select(word => word.EpisodeId).Distinct());
        Assert.Equal((EpisodePhase.Opened, PresenceScope.Network, 10_000u), (words[0].Phase, words[0].Scope, words[0].Count));
        Assert.Equal(10_000, words.SelectMany(word => word.Devices).Distinct().Count());
        Assert.Equal(10_000, book.Changes.Count(change => change.State == PresenceState.Offline));
        Assert.InRange(book.Entries.Count - before, 1, 12);
        Assert.InRange(book.Entries.Max(entry => entry.CalculateSize()), 1, 384 * 1024);
    }

    private static BookDriver With(params (string Gateway, int Devices)[] fleet)
    {
        BookDriver book = new();
        foreach ((string gateway, int devices) in fleet)
            Return(book, gateway, devices);
        book.Tick();
        return book;
    }

    private static void Return(BookDriver book, string gateway, int devices)
    {
        for (int i = 0; i < devices; i++)
            book.Come($"{gateway}-{i}", gateway);
    }

    private static void Lose(BookDriver book, string gateway, int to, int from = 0)
    {
        for (int i = from; i < to; i++)
            book.Go($"{gateway}-{i}", gateway: gateway);
    }
}
