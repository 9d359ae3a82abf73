using System.Diagnostics;

namespace Disguise.Hardware.Tests.PciExpress;

/// <summary>The program that reads configuration spaces, run on a dump.</summary>
internal static class Lspci
{
    /// <summary>What it prints; it must have nothing to complain about.</summary>
    public static string Read(string options, string dump)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, dump);
            var start = new ProcessStartInfo("lspci", $"{options} -F {file}")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            // Without kernel modules to look up, as in a container, it says so and goes on.
            var complaints = errors.GetAwaiter().GetResult().Split('\n')
                .Where(line => line.Length > 0 && !line.Contains("libkmod"));
            Assert.Empty(complaints);
            Assert.Equal(0, process.ExitCode);
            return text;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
