using System.Collections.Immutable;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>All versions of one subject, in the order of the ledger.</summary>
internal sealed record RegisterSubject(RegisterKind Kind, string Id, ImmutableArray<RegisterVersion> Versions)
{
    public RegisterVersion Newest => Versions[^1];

    /// <summary>The newest known version whose period holds the instant, also one that says the subject has ended; null: none.</summary>
    public RegisterVersion? At(RegisterAsOf asOf)
    {
        for (int i = Versions.Length - 1; i >= 0; i--)
        {
            RegisterVersion version = Versions[i];
            if (asOf.Knows(version.Entry, version.IngestMicros) && version.Holds(asOf.AtMicros))
                return version;
        }

        return null;
    }

    /// <summary>As <see cref="At"/>, and null too when that version says it has ended.</summary>
    public RegisterVersion? InForce(RegisterAsOf asOf) => At(asOf) is { Change.Ended: false } version ? version : null;

    /// <summary>Versions by which the answer changes between two instants, with the instant: what a period laid over them would hide.</summary>
    public IEnumerable<RegisterVersion> BeginningWithin(long afterMicros, long untilMicros) => Versions
        .Where(version => version.FromMicros > afterMicros && version.FromMicros < untilMicros && At(new RegisterAsOf(version.FromMicros)) == version)
        .OrderBy(version => version.FromMicros);
}
