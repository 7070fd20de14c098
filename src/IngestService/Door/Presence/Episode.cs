using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>An absence that a person should know of: of one device, or of many that went together and are one. Touched by the book only.</summary>
internal sealed class Episode
{
    private readonly HashSet<PresenceDevice> _members = [];

    public Episode(PresenceScope scope, string subject, long start)
    {
        (Scope, Subject, Start) = (scope, subject, start);
        Id = IdOf(subject, RuleOf(scope), start);
    }

    /// <summary>As the ledger has it: it was opened in an earlier run.</summary>
    public Episode(string id, PresenceScope scope, string subject, long start, int count)
    {
        (Id, Scope, Subject, Start, SaidCount, IsSaid) = (id, scope, subject, start, count, true);
        Times = count;
    }

    public string Id { get; }

    public PresenceScope Scope { get; }

    public string Subject { get; }

    public long Start { get; }

    public string Rule => RuleOf(Scope);

    /// <summary>Not back for a grace yet.</summary>
    public IReadOnlyCollection<PresenceDevice> Members => _members;

    /// <summary>When the last of them went: who goes soon after it went for the same reason.</summary>
    public long GrewAt { get; private set; }

    /// <summary>Of a single device: how often it went.</summary>
    public int Times { get; private set; } = 1;

    public int Count => Scope == PresenceScope.Device ? Times : _members.Count;

    /// <summary>Whom the ledger does not have under it.</summary>
    public HashSet<string> Joined { get; } = new(StringComparer.Ordinal);

    public bool IsSaid { get; set; }

    public int SaidCount { get; set; }

    public bool IsDirty { get; set; }

    public bool IsCleared { get; set; }

    public string Into { get; set; } = "";

    public void Add(PresenceDevice device)
    {
        if (!_members.Add(device))
            return;
        device.Episode = this;
        GrewAt = Math.Max(GrewAt, device.Now.Since);
        Joined.Add(device.ClientId);
    }

    /// <summary>One that was back for a moment: named again, for the ledger let it go when it came.</summary>
    public void GoneAgain(PresenceDevice device)
    {
        Times++;
        Joined.Add(device.ClientId);
    }

    /// <summary>Named by the ledger as one of it.</summary>
    public void Restore(PresenceDevice device)
    {
        _members.Add(device);
        device.Episode = this;
    }

    public void Remove(PresenceDevice device)
    {
        _members.Remove(device);
        device.Episode = null;
        Joined.Remove(device.ClientId);
    }

    private static string RuleOf(PresenceScope scope) => scope switch
    {
        PresenceScope.Device => "device-offline",
        PresenceScope.Gateway => "gateway-down",
        PresenceScope.Network => "network-down",
        PresenceScope.Restart => "not-back-after-restart",
        PresenceScope.Unspecified => throw new ArgumentOutOfRangeException(nameof(scope), scope, "An episode has a scope."),
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "There is no such scope."),
    };

    /// As alert.proto has it, with an empty target.
    private static string IdOf(string subject, string rule, long start)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{subject}\n{rule}\n\n{start}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
