package jp.kiban.submission;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import jp.kiban.identity.Actor;
import jp.kiban.identity.Permit;
import jp.kiban.identity.Role;
import jp.kiban.kernel.NotThere;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// 添付ファイルの窓口. One's own files, to be looked at again; and for programs a way to give one before the answers name it.
@Controller
public final class FilePages {
    private final Attachments attachments;

    FilePages(Attachments attachments) { this.attachments = attachments; }

    @Permit(Role.RESIDENT)
    @GetMapping({"/submission/files/{sha256}", "/api/submission/files/{sha256}"})
    ResponseEntity<byte[]> file(Actor.Resident resident, @PathVariable String sha256) {
        return shown(attachments.mine(resident, sha256).orElseThrow(NotThere::new), sha256);
    }

    /// The body is the file; the answer is what goes into the answers.
    @Permit(Role.RESIDENT)
    @PostMapping("/api/submission/files")
    @ResponseBody
    ResponseEntity<Sheet.Photo> give(Actor.Resident resident, @RequestParam(defaultValue = "file") String name,
            HttpServletRequest request) throws IOException {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(attachments.give(resident, "", name, request.getInputStream()));
    }

    /// Looked at as what it is: no browser may take it for a page, nothing in it may run or load.
    public static ResponseEntity<byte[]> shown(Attachments.Content content, String name) {
        var ending = content.type().replaceFirst(".*/", ".");
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(content.type()))
                .header(HttpHeaders.CONTENT_DISPOSITION,
                        (content.image() ? ContentDisposition.inline() : ContentDisposition.attachment())
                                .filename(name.substring(0, Math.min(12, name.length())) + ending).build().toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store").body(content.bytes());
    }
}
