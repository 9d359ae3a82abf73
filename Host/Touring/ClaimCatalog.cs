using System.Globalization;
using Disguise.Host.Experiments;

namespace Disguise.Host.Touring;

/// <summary>
/// All claims of the essay, in its order. The experiment of claim n is the file of
/// <c>experiments/claims/</c> whose name begins with n in two digits.
/// </summary>
public static class ClaimCatalog
{
    private const string Folder = "experiments/claims/";

    private static readonly string[] Texts =
    [
        "A kernel that mediates the hardware limits performance.",
        "In Arrakis as in the Exokernel applications reach the hardware directly; the kernel only "
            + "makes that access safe and adds no abstraction on top.",
        "Arrakis' kernel is not on the data plane at all; the Exokernel's is, for some devices.",
        "The operating system lives in the application's address space, and each application links "
            + "the library that fits it.",
        "What kernels of the other kinds implement, virtual memory say, libraries do here.",
        "An application container of Arrakis is a protection domain with an interface to the "
            + "kernel: it allocates hardware, shares memory with others and switches to them.",
        "A container holds several protected address spaces: fine-grained sandboxes, as a web "
            + "browser needs.",
        "The Exokernel has no such abstraction; its secure bindings separate authorisation, once, "
            + "from use, each time.",
        "The Exokernel runs applications' code in the kernel safely: to demultiplex packets, and "
            + "to put them into the application's memory.",
        "Arrakis has nothing like that and relies on hardware: a virtual card for each "
            + "application, which says where packets go.",
        "Arrakis revokes by deleting the virtual device.",
        "The Exokernel revokes by breaking the binding, with the application's help or by force.",
        "Both rest on the end-to-end argument.",
    ];

    /// <summary>All claims.</summary>
    public static IReadOnlyList<Claim> All { get; } =
        [.. Texts.Select((text, index) => new Claim(index + 1, text, ExperimentOf(index + 1)))];

    /// <summary>The claims of some numbers; all for none.</summary>
    /// <exception cref="ExperimentError">A number of no claim, or of one without an experiment.
    /// </exception>
    public static IReadOnlyList<Claim> Of(IReadOnlyList<string> numbers)
    {
        var wanted = new SortedSet<int>();
        foreach (var text in numbers)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < 1 || number > All.Count)
            {
                throw new ExperimentError(
                    $"tour {ExperimentError.Show(text)}", "no claim of that number",
                    $"1 to {All.Count}");
            }

            if (All[number - 1].Experiment is null)
            {
                throw new ExperimentError(
                    $"tour {number}", "the claim's experiment is not built yet",
                    string.Join(", ", All
                        .Where(claim => claim.Experiment is not null)
                        .Select(claim => claim.Number)));
            }

            wanted.Add(number);
        }

        return wanted.Count == 0 ? All : [.. wanted.Select(number => All[number - 1])];
    }

    private static string? ExperimentOf(int number) => ShippedFiles.Names.SingleOrDefault(name =>
        name.StartsWith(
            Folder + number.ToString("00", CultureInfo.InvariantCulture) + "-",
            StringComparison.Ordinal));
}
