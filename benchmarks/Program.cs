using Disguise.Benchmarks.Runtime;
using Disguise.Benchmarks.Tenancy;

namespace Disguise.Benchmarks;

/// <summary>Finds the benchmark named and runs it.</summary>
internal static class Program
{
    private static readonly SortedDictionary<string, Func<Benchmark>> Known = new()
    {
        ["echo"] = () => new Echo(),
        ["phold"] = () => new Phold(),
        ["ring"] = () => new Ring(),
        ["tenants"] = () => new Tenants(),
    };

    private static int Main(string[] arguments)
    {
        try
        {
            var request = Request.Parse(arguments, Known.Keys);
            var benchmark = Known[request.Name]();
            request.Print(benchmark.Run(request));
            return 0;
        }
        catch (FormatException mistake)
        {
            Console.Error.WriteLine($"benchmarks: {mistake.Message}");
            return 2;
        }
    }
}
