using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Desk.Queries;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Desk.Registers;

/// <summary>The registers as one question sees them: caught up as far as it asks, at its instant, knowing what it may know.</summary>
internal sealed class RegisterView(ProjectedSize projected, IRegisterQueries registers, TimeProvider time)
{
    public IRegisterQueries Registers => registers;

    public async Task<(RegisterBook Book, ulong Size)> CatchUpAsync(ulong atLeast, CancellationToken cancellation)
    {
        ulong size = await projected.AtLeastAsync(atLeast, cancellation);
        return (registers.Book, size);
    }

    public RegisterAsOf AsOf(Timestamp? at, ulong knownSize) =>
        new(Micros.Of(at) ?? Math.Max(Micros.Now(time), registers.Book.LatestMicros), knownSize == 0 ? ulong.MaxValue : knownSize);

    public RegisterSubject? Find(RegisterBook book, RegisterKind kind, string id) =>
        RegisterContent.IsAboutParties(kind) ? registers.Find(kind, id) : book.Find(kind, id);

    /// <summary>Where a device stands and whose it is, as the register has it now; null: it is in no register. A station is registered under the name its records carry.</summary>
    public StationPlace? PlaceOf(string deviceId)
    {
        (RegisterBook book, RegisterAsOf asOf) = (registers.Book, AsOf(null, 0));
        return book.InForce(RegisterKind.Device, deviceId, asOf) is not { Change.Device: { } device } ? null : new StationPlace
        {
            Place = device.Place, Position = device.Position, UnitId = device.UnitId, Model = $"{device.Manufacturer} {device.Model}".Trim(),
            UnitName = book.InForce(RegisterKind.Unit, device.UnitId, asOf)?.Change.Unit.Name ?? "",
            Admission = AdmissionPolicy.WasAdmitted(book, deviceId, asOf).Admission,
        };
    }

    /// <summary>Null for a subject nothing was known of.</summary>
    public static SubjectRow? Row(RegisterBook book, RegisterSubject subject, RegisterAsOf asOf)
    {
        RegisterVersion? inForce = subject.InForce(asOf);
        RegisterVersion? shown = inForce ?? subject.Versions.LastOrDefault(version => asOf.Knows(version.Entry, version.IngestMicros));
        if (shown is null)
            return null;
        SubjectRow row = new()
        {
            Kind = subject.Kind, Id = subject.Id, Version = subject.Newest.Number, InForce = inForce is not null, Change = shown.Change, EntryIndex = shown.Entry,
        };
        if (subject.Kind == RegisterKind.Device && inForce is not null)
        {
            GuardAnswer admission = AdmissionPolicy.WasAdmitted(book, subject.Id, asOf);
            (row.Admission, row.AdmissionReason) = (admission.Admission, admission.Reason);
            row.AdmissionFailed = admission.Steps.FirstOrDefault(step => !step.Passed);
        }

        return row;
    }
}
