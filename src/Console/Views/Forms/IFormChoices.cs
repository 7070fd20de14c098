namespace EdgeEnforcement.OperatorConsole.Views.Forms;

/// <summary>What a field may name, beside values of the contract's own.</summary>
public interface IFormChoices
{
    /// <summary>None known: what is meant is typed.</summary>
    FormOffer Of(FormField field);

    /// <summary>Those too many for a list, by what is typed; before anything is, those that suggest themselves.</summary>
    Task<IReadOnlyList<FormFind>> FindAsync(FormField field, string text, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<FormFind>>([]);
}
