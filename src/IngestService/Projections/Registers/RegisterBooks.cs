using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Projections.Registers;

/// <summary>
/// The newest book. Written by the registers' pump, read by everyone. A book that knows less than the one that is shown (its file is being
/// folded again) waits until it has caught up: guards never see fewer officers because something was erased.
/// </summary>
internal sealed class RegisterBooks
{
    private RegisterBook _now = RegisterBook.Empty;

    public RegisterBook Now => Volatile.Read(ref _now);

    internal void Offer(RegisterBook book)
    {
        if (book.Size >= Now.Size)
            Volatile.Write(ref _now, book);
    }
}
