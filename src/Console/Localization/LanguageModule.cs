using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace EdgeEnforcement.OperatorConsole.Localization;

internal static class LanguageModule
{
    public const string Cookie = "ee-language";

    public static CultureInfo Chinese { get; } = CultureInfo.GetCultureInfo("zh-Hans");

    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en");

    public static void AddConsoleLanguages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(localization =>
        {
            localization.DefaultRequestCulture = new RequestCulture(Chinese);
            localization.SupportedCultures = localization.SupportedUICultures = [Chinese, English];
            // Only the switch in the header decides: an English browser in a Chinese duty room is the rule, not a wish.
            localization.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = Cookie }];
        });
    }

    public static string CookieValue(CultureInfo culture) =>
        Uri.EscapeDataString(CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)));
}
